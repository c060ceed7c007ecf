package dev.virtmem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;

/**
 * What this user may do with a device.
 *
 * @param readable whether this user may read it
 * @param writable whether this user may write it
 * @param group the group that owns it, if the system has such
 * @param groupMay whether all in that group may read and write it
 */
record Access(boolean readable, boolean writable, Optional<String> group, boolean groupMay) {

  /** Looks at a file, or at what a symbolic link leads to. */
  static Access of(Path file) {
    boolean readable = Files.isReadable(file);
    boolean writable = Files.isWritable(file);
    try {
      var attributes = Files.readAttributes(file, PosixFileAttributes.class);
      var needed = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
      return new Access(
          readable,
          writable,
          Optional.of(attributes.group().getName()),
          attributes.permissions().containsAll(needed));
    } catch (IOException | UnsupportedOperationException e) {
      return new Access(readable, writable, Optional.empty(), false);
    }
  }

  boolean complete() {
    return readable && writable;
  }

  /** Returns the group that a user can join to get full access. */
  Optional<String> helpfulGroup() {
    return group.filter(name -> groupMay && !name.equals("root"));
  }

  /** Says it in a table of devices. */
  @Override
  public String toString() {
    if (complete()) {
      return "read, write";
    }
    return readable ? "read only" : writable ? "write only" : "no access";
  }
}
