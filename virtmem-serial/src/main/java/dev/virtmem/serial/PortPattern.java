package dev.virtmem.serial;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Names of serial ports with wildcards, such as {@code /dev/ttyACM*}: the devices in one folder
 * whose names match. The wildcards are those of {@link java.nio.file.FileSystem#getPathMatcher
 * globs}: <code>* ? [abc] {a,b}</code>. Symbolic links count as the devices that they lead to;
 * files and folders that match are left out. Immutable.
 */
public final class PortPattern {
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private final Path folder;
  private final String glob;

  private PortPattern(Path folder, String glob) {
    this.folder = folder;
    this.glob = glob;
  }

  /**
   * Tells whether a name has wildcards.
   *
   * @param name of a port
   * @return true if it is a pattern
   */
  public static boolean isPattern(String name) {
    return WILDCARD.matcher(name).find();
  }

  /**
   * Returns a pattern.
   *
   * @param pattern a folder without wildcards, which need not exist yet, and a name with or without
   * @return the pattern
   * @throws IllegalArgumentException if there is no folder, it has wildcards, or the glob is
   *     malformed
   */
  public static PortPattern of(String pattern) {
    int slash = pattern.lastIndexOf('/');
    if (slash < 0 || isPattern(pattern.substring(0, slash))) {
      throw new IllegalArgumentException(
          "a pattern is a folder and a name with wildcards, such as /dev/ttyACM*, got " + pattern);
    }
    Path folder = Path.of(pattern.substring(0, slash + 1));
    String glob = pattern.substring(slash + 1);
    try {
      folder.getFileSystem().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the wildcards of " + pattern + " are malformed: " + e.getDescription(), e);
    }
    return new PortPattern(folder, glob);
  }

  /**
   * Looks which ports there are now.
   *
   * @return their names with the folder, sorted; none if there is no such folder
   * @throws IOException if the folder cannot be read
   */
  public List<String> matches() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : entries) {
        if (isDevice(entry)) {
          names.add(entry.toString());
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return List.copyOf(names);
  }

  private static boolean isDevice(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class).isOther();
    } catch (NoSuchFileException e) {
      // It went away meanwhile, or it is a link that leads nowhere.
      return false;
    }
  }

  /** Returns the pattern as it was given. */
  @Override
  public String toString() {
    return folder.resolve(glob).toString();
  }
}
