package dev.virtmem.bench.wire;

import dev.virtmem.sim.replay.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the recorded traces are, which are no part of the project. */
final class Traces {
  private static final Path USUAL = Path.of("shared", "data", "traces");
  private static final Map<String, String> FILES = files();

  private Traces() {}

  private static Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    files.put("T1", "sort.mem.gz");
    files.put("T2", "mawk.mem.gz");
    return files;
  }

  /**
   * Opens the traces that there are.
   *
   * @param folder where to look, or null: beside the working directory or a folder above it
   * @return by the names of the workloads; empty if there are none
   * @throws NoSuchFileException if the folder is named, but has none of them
   * @throws IOException if a trace cannot be read
   */
  static Map<String, Trace> open(Path folder) throws IOException {
    var found = new LinkedHashMap<String, Trace>();
    Optional<Path> place = folder == null ? usualPlace() : Optional.of(folder);
    if (place.isPresent()) {
      for (var entry : FILES.entrySet()) {
        Path file = place.get().resolve(entry.getValue());
        if (Files.exists(file)) {
          found.put(entry.getKey(), Trace.open(file));
        }
      }
    }
    if (folder != null && found.isEmpty()) {
      throw new NoSuchFileException(
          folder.toString(), null, "has none of the traces " + String.join(", ", FILES.values()));
    }
    return found;
  }

  private static Optional<Path> usualPlace() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(USUAL))) {
        return Optional.of(at.resolve(USUAL));
      }
    }
    return Optional.empty();
  }
}
