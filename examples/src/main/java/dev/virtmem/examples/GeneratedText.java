package dev.virtmem.examples;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A text of any size whose words are drawn by Zipf's law, as those of books are: the n-th most
 * frequent one occurs in proportion to 1 / n. The same each time.
 */
final class GeneratedText extends InputStream {
  private static final int WORDS = 30_000;
  private static final long SEED = 20_261_121;
  private static final double LOG_WORDS = StrictMath.log(WORDS + 1);
  private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";
  private static final String VOWELS = "aeiou";

  /** The most frequent word, some others down to the last one, and one that does not occur. */
  static final List<String> EXAMPLES =
      List.of(word(0), word(10), word(1_000), word(WORDS - 1), "virtmem");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final long size;
  private long position;
  private byte[] word = {};
  private int at;

  /** Creates a text that ends with the word, and the space behind it, that reach a size. */
  GeneratedText(long size) {
    this.size = size;
  }

  @Override
  public int read() {
    if (at == word.length) {
      if (position >= size) {
        return -1;
      }
      word = (word(draw(random)) + " ").getBytes(StandardCharsets.US_ASCII);
      position += word.length;
      at = 0;
    }
    return word[at++];
  }

  /** Spells the word of a number, 0 being the most frequent: a syllable for each two digits. */
  static String word(int number) {
    int low = number % 100;
    String syllable = "" + CONSONANTS.charAt(low / 5) + VOWELS.charAt(low % 5);
    return number < 100 ? syllable : word(number / 100) + syllable;
  }

  /** Finds a few words in the text of a size by drawing its numbers again: no text, no index. */
  static List<Occurrences> find(List<String> words, long size) {
    int[] numbers = words.stream().mapToInt(GeneratedText::number).toArray();
    var found = new Occurrences[numbers.length];
    Arrays.fill(found, Occurrences.NONE);
    var random = new SplittableRandom(SEED);
    for (long position = 0; position < size; ) {
      int number = draw(random);
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] == number) {
          found[i] = found[i].and(position);
        }
      }
      position += (number < 100 ? 2 : number < 10_000 ? 4 : 6) + 1;
    }
    return List.of(found);
  }

  private static int number(String word) {
    return IntStream.range(0, WORDS).filter(i -> word(i).equals(word)).findFirst().orElse(-1);
  }

  private static int draw(SplittableRandom random) {
    return (int) StrictMath.exp(random.nextDouble() * LOG_WORDS) - 1;
  }
}
