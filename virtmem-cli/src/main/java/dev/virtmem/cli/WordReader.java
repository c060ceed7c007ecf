package dev.virtmem.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes a text in UTF-8 apart into words, as it streams by: runs of letters with their combining
 * marks, in lower case. An apostrophe between two letters belongs to the word. A longer run than
 * {@value #MAX_LETTERS} characters counts as several words of at most that many. Malformed bytes
 * are no letters.
 */
final class WordReader {
  /** The longest word, in characters, so that it never takes more than 255 bytes of UTF-8. */
  static final int MAX_LETTERS = 60;

  private static final int NOTHING = -2;
  private static final int END = -1;

  private final BufferedReader reader;
  private final StringBuilder word = new StringBuilder();
  private int pending = NOTHING;
  private long cut;

  WordReader(InputStream in) {
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Returns the next word, or null at the end. */
  String next() throws IOException {
    word.setLength(0);
    int letters = 0;
    for (int c = take(); c != END; c = take()) {
      if (letters > 0 && isApostrophe(c)) {
        pending = take();
        if (!Character.isLetter(pending)) {
          break;
        }
        if (letters > MAX_LETTERS - 2) {
          cut++;
          break;
        }
        word.append('\'');
        letters++;
      } else if (Character.isLetter(c) || (letters > 0 && isMark(c))) {
        if (letters == MAX_LETTERS) {
          pending = c;
          cut++;
          break;
        }
        word.appendCodePoint(c);
        letters++;
      } else if (letters > 0) {
        break;
      }
    }
    return letters == 0 ? null : word.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns how often a run was too long for one word. */
  long cut() {
    return cut;
  }

  private int take() throws IOException {
    int c = pending;
    pending = NOTHING;
    return c == NOTHING ? read() : c;
  }

  private int read() throws IOException {
    int c = reader.read();
    // The decoder lets surrogates through in pairs only.
    return c >= 0 && Character.isHighSurrogate((char) c)
        ? Character.toCodePoint((char) c, (char) reader.read())
        : c;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '\u2019';
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
