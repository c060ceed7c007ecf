package dev.virtmem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The files by which Linux tells of its devices; what is not there, or not for us, is empty. */
final class SystemFiles {
  private final Path root;

  /** Uses the files below a folder that stands for {@code /}. */
  SystemFiles(Path root) {
    this.root = root;
  }

  Path of(String path) {
    return root.resolve(path);
  }

  /** Returns the names in a folder. */
  List<String> names(String folder) throws IOException {
    if (!Files.isDirectory(of(folder))) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(of(folder))) {
      return list.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Returns the text of a file without spaces or zero bytes at its end. */
  Optional<String> line(String file) {
    if (!Files.isReadable(of(file))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(of(file)).replace("\0", "").strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the whole number in a file. */
  OptionalLong number(String file) {
    return line(file)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** Returns where a symbolic link leads to, as it says itself. */
  Optional<String> target(Path file) {
    try {
      return Files.isSymbolicLink(file)
          ? Optional.of(Files.readSymbolicLink(file).toString())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
