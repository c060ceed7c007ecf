package dev.virtmem.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs an expression in another JVM, for what can only be seen from outside of this one. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Evaluates an expression with a variable {@code path} after a shell command that sets limits.
   * Returns {@code ok} or the exception that it threw.
   */
  static String run(Path folder, String limits, String expression, Path path) throws Exception {
    Path source = folder.resolve("Child.java");
    Files.writeString(
        source,
        """
        import dev.virtmem.store.*;
        import java.nio.file.Path;

        public class Child {
          public static void main(String[] args) {
            Path path = Path.of(args[0]);
            try (var result = %s) {
              System.out.print("ok");
            } catch (Exception e) {
              System.out.print(e);
            }
          }
        }
        """
            .formatted(expression));
    Path classes =
        Path.of(FileStore.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String command =
        "%s && exec '%s' -XX:-UsePerfData -cp '%s' '%s' '%s'"
            .formatted(limits, java, classes, source, path);
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
