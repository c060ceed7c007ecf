package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads and open terminals and sockets of this process, to be the same before and after. */
final class Leaks {
  /** Of the JDK's and JUnit's timers, which come and go by themselves. */
  private static final List<String> OTHERS = List.of("ForkJoinPool", "junit", "Common-Cleaner");

  private static final Path OPEN = Path.of("/proc/self/fd");

  private final Set<Thread> threads = threads();
  private final List<String> files = files();

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> OTHERS.stream().noneMatch(thread.getName()::startsWith))
        .collect(Collectors.toSet());
  }

  private static List<String> files() {
    try (Stream<Path> open = Files.list(OPEN)) {
      return open.map(Leaks::target)
          .filter(target -> target.startsWith("/dev/pt") || target.startsWith("socket:"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path open) {
    try {
      return Files.readSymbolicLink(open).toString();
    } catch (IOException e) {
      // It was open while they were listed, such as the folder itself.
      return "";
    }
  }

  /** Checks that nothing has stayed. */
  void check(String title) {
    var more = threads();
    more.removeAll(threads);
    assertEquals(Set.of(), more, title);
    assertEquals(files, files(), title);
  }
}
