package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordReaderTest {
  private static WordReader reader(byte[] text) {
    return new WordReader(new ByteArrayInputStream(text));
  }

  private static List<String> words(WordReader reader) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word = reader.next(); word != null; word = reader.next()) {
      words.add(word);
    }
    return words;
  }

  private static List<String> words(String text) throws IOException {
    return words(reader(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void wordsAreRunsOfLettersInLowerCase() throws IOException {
    assertEquals(
        List.of("the", "end", "of", "chapter", "or", "so", "x"),
        words("The END,of\tchapter 42\u2014or (so)\n\n1x2"));
    assertEquals(List.of(), words(""));
    assertEquals(List.of(), words(" 1 2 3 ... "));
  }

  @Test
  void lettersOfAllScriptsCount() throws IOException {
    assertEquals(
        List.of("stra\u00dfe", "\u03b4\u03b5\u03bd", "\ud835\udc00\ud835\udc01"),
        words("Stra\u00dfe \u0394\u0395\u039d \ud835\udc00\ud835\udc01"));
    assertEquals(List.of("e\u0301te\u0301"), words("\u0301e\u0301te\u0301"));
  }

  @Test
  void anApostropheBetweenLettersBelongsToTheWord() throws IOException {
    assertEquals(
        List.of("don't", "it's", "quoted", "dogs", "rock", "n", "roll"),
        words("don't IT\u2019S 'quoted' dogs' rock 'n' roll'"));
    assertEquals(List.of("a", "b"), words("a''b"));
  }

  @Test
  void malformedBytesAreNoLetters() throws IOException {
    byte[] text = {'o', 'n', 'e', (byte) 0xFF, 't', 'w', 'o', (byte) 0xE2, (byte) 0x82, 'x'};
    assertEquals(List.of("one", "two", "x"), words(reader(text)));
  }

  @Test
  void runsThatAreTooLongAreCut() throws IOException {
    int most = WordReader.MAX_LETTERS;
    var reader = reader(("x".repeat(2 * most + 1) + " y").getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("x".repeat(most), "x".repeat(most), "x", "y"), words(reader));
    assertEquals(2, reader.cut());
    reader = reader("x".repeat(most).getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("x".repeat(most)), words(reader));
    assertEquals(0, reader.cut());
  }

  @Test
  void anApostropheDoesNotMakeAWordLonger() throws IOException {
    int most = WordReader.MAX_LETTERS;
    for (int before = most - 3; before <= most; before++) {
      var reader = reader(("x".repeat(before) + "'yz").getBytes(StandardCharsets.UTF_8));
      List<String> words = words(reader);
      assertEquals("x".repeat(before) + "yz", String.join("", words).replace("'", ""));
      assertTrue(words.stream().allMatch(word -> word.length() <= most), words::toString);
      assertEquals(words.size() - 1, reader.cut());
    }
  }

  @Test
  void noWordTakesMoreBytesThanALengthOfOneByteCanSay() throws IOException {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isLetter(c)) {
        int bytes = words(Character.toString(c)).getFirst().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes * WordReader.MAX_LETTERS <= 255, Character.getName(c));
      }
    }
  }
}
