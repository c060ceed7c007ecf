package dev.virtmem.bench.scratch;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Locale;

/**
 * What the benchmark measured.
 *
 * @param poolBytes size of the pool
 * @param ramBytes RAM of the memory's frames
 * @param heapBytes the most that this JVM's heap may take
 * @param accesses numbers read or written in each round
 * @param rounds what each round took
 */
public record ScratchResult(
    long poolBytes, long ramBytes, long heapBytes, long accesses, List<Round> rounds) {

  /**
   * One round.
   *
   * @param reads transfers from the file
   * @param writes transfers to the file
   * @param memorySeconds what the accesses took, transfers included
   * @param plainSeconds what a loop that does nothing but the same transfers took
   */
  public record Round(long reads, long writes, double memorySeconds, double plainSeconds) {

    /**
     * Returns how much longer the memory took.
     *
     * @return memory over plain
     */
    public double ratio() {
      return memorySeconds / plainSeconds;
    }
  }

  /**
   * Creates a result.
   *
   * @throws NullPointerException if the list is null
   */
  public ScratchResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * Returns the middle one of the rounds' ratios.
   *
   * @return memory over plain
   */
  public double ratio() {
    double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
    return ratios[ratios.length / 2];
  }

  /**
   * Describes the result for people.
   *
   * @return lines
   */
  public String toText() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Pool %,d bytes, frames %,d, heap at most %,d; %,d accesses a round%n",
            poolBytes,
            ramBytes,
            heapBytes,
            accesses));
    for (Round round : rounds) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,9d reads %,9d writes   memory %7.3f s   plain file loop %7.3f s   ratio %.2f%n",
              round.reads(),
              round.writes(),
              round.memorySeconds(),
              round.plainSeconds(),
              round.ratio()));
    }
    text.append(String.format(Locale.ROOT, "Median ratio %.2f", ratio()));
    return text.toString();
  }

  /**
   * Describes the result for programs.
   *
   * @return one JSON object
   */
  public String toJson() {
    return new GsonBuilder().setPrettyPrinting().create().toJson(this);
  }
}
