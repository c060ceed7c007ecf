import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks or rewrites the format of all Java sources below a folder: {@code check|rewrite DIR}. */
final class Format {
  private final Formatter formatter = new Formatter();
  private final Path root;
  private final boolean rewrite;

  private Format(Path root, boolean rewrite) {
    this.root = root;
    this.rewrite = rewrite;
  }

  /** Exits with 1 if a source is not formatted (and may not be rewritten) or does not parse. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[1]);
    boolean rewrite = args[0].equals("rewrite");
    Format format = new Format(root, rewrite);
    List<String> complaints = sources(root).parallelStream().flatMap(format::complaint).toList();
    complaints.forEach(System.err::println);
    System.exit(complaints.isEmpty() ? 0 : 1);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return Stream.concat(
              modules.map(module -> module.resolve("src")), Stream.of(root.resolve(".mvn/format")))
          .filter(Files::isDirectory)
          .flatMap(Format::javaFiles)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> complaint(Path file) {
    try {
      String source = Files.readString(file);
      String wanted = formatter.formatSourceAndFixImports(source);
      if (wanted.equals(source)) {
        return Stream.empty();
      }
      if (!rewrite) {
        return Stream.of(root.relativize(file) + ": not formatted, run ./mvnw -Pformat");
      }
      Files.writeString(file, wanted);
      System.out.println("formatted: " + root.relativize(file));
      return Stream.empty();
    } catch (FormatterException e) {
      return Stream.of(root.relativize(file) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
