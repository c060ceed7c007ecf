package dev.virtmem.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program that the README shows is the one that is compiled and run here. */
class ReadmeTest {
  @Test
  void theWholeProgramIsQuickStart() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int from = readme.indexOf("```java\n");
    assertTrue(from >= 0, "the README shows a program");
    from += "```java\n".length();
    String shown = readme.substring(from, readme.indexOf("```", from));
    var source = Path.of("src/main/java/dev/virtmem/examples/QuickStart.java");
    assertEquals(Files.readString(source), shown);
  }
}
