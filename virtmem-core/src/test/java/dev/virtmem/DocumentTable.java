package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A table in a document of this project, compared with what the program really says. It stands
 * between {@code <!-- table NAME -->} and {@code <!-- end NAME -->}; its first column names a case,
 * its second has the message in backquotes.
 */
public final class DocumentTable {
  private DocumentTable() {}

  /**
   * Checks that a table has the given cases, in this order, with the right messages.
   *
   * @param document path from the project's directory
   * @param name the table's name
   * @param cases provokes the message of each case
   * @throws IOException if the document cannot be read
   */
  public static void check(String document, String name, Map<String, Supplier<String>> cases)
      throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    String text = Files.readString(Path.of("..").resolve(document));
    int start = text.indexOf("<!-- table " + name + " -->");
    int end = text.indexOf("<!-- end " + name + " -->");
    text.substring(start, end)
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> line.split(" \\| "))
        .forEach(cells -> rows.put(cells[0].substring(2), cells[1].replace("`", "")));
    assertAll(
        Stream.concat(
            Stream.of(
                () ->
                    assertEquals(
                        String.join("\n", cases.keySet()), String.join("\n", rows.keySet()))),
            cases.entrySet().stream()
                .map(
                    entry ->
                        () ->
                            assertEquals(
                                entry.getValue().get(),
                                rows.get(entry.getKey()),
                                entry.getKey()))));
  }
}
