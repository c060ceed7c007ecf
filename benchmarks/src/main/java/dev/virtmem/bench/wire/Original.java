package dev.virtmem.bench.wire;

import dev.virtmem.store.TransferCost;
import java.util.Map;

/**
 * What the C++ original moves for the workloads, final flush included: measured on its x86 port
 * (virtmem, g++ 12 -O3, store = plain RAM) with 4 x 64, 4 x 256 and 4 x 1024 bytes of lock pages.
 *
 * @param bytesRead bytes from the store
 * @param bytesWritten bytes to the store
 * @param reads transfers from the store
 * @param writes transfers to the store
 */
record Original(long bytesRead, long bytesWritten, long reads, long writes) {

  private static final Map<String, Original> FIGURES =
      Map.ofEntries(
          Map.entry("W1", new Original(100_352, 100_352, 98, 98)),
          Map.entry("W2", new Original(100_352, 0, 98, 0)),
          Map.entry("W3", new Original(9_818_112, 9_818_112, 9_588, 9_588)),
          Map.entry("W4", new Original(9_810_944, 0, 9_581, 0)),
          Map.entry("W5", new Original(89_879_552, 25_035_776, 87_773, 24_449)),
          Map.entry("W6a", new Original(64_520, 64_528, 64, 65)),
          Map.entry("W6b", new Original(47_928, 8, 5_991, 1)),
          Map.entry("W7a", new Original(298_488, 298_512, 19_561, 19_563)),
          Map.entry("W7b", new Original(280_932, 280_932, 23_411, 23_411)),
          Map.entry("W8", new Original(100_352, 100_000, 98, 98)),
          Map.entry("W9", new Original(100_352, 50_000, 98, 49)),
          Map.entry("T1", new Original(330_548_224, 80_780_288, 322_801, 78_887)),
          Map.entry("T2", new Original(487_162_880, 175_410_176, 475_745, 171_299)));

  static Original of(String workload) {
    return FIGURES.get(workload);
  }

  /**
   * Returns the time that a device takes for it. Exact where the cost is linear. Where short
   * transfers cost as much as a sector it is exact if all of a workload's transfers are short, or
   * none is, and else less than the original really takes.
   */
  double seconds(TransferCost cost) {
    double nanos =
        reads * cost.readNanos()
            + Math.max(bytesRead, reads * cost.unit()) * cost.readNanosPerByte()
            + writes * cost.writeNanos()
            + Math.max(bytesWritten, writes * cost.unit()) * cost.writeNanosPerByte();
    return nanos / 1e9;
  }
}
