package dev.virtmem.examples;

import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.RecordType;

/** Keeps 80,000 bytes of readings on a chip, and 4,096 of them in RAM. */
final class QuickStart {
  record Reading(int time, float celsius) {}

  static void main(String[] args) {
    String store = args.length == 2 && args[0].equals("--store") ? args[1] : "sim:23LC1024";
    try (var memory = VirtualMemory.builder(store).ram(4096).open()) {
      var readings = memory.allocate(Reading.class, 10_000);
      for (int i = 0; i < 10_000; i++) {
        readings.set(i, new Reading(i, 20 + i % 7));
      }
      var celsius = RecordType.of(Reading.class, memory).floatMember("celsius");
      double sum = 0;
      for (var reading : readings.elements(10_000)) {
        sum += celsius.get(reading);
      }
      System.out.println("Mean " + sum / 10_000 + ", number 5 is " + readings.get(5));
      System.out.printf("%.1f %% found in RAM%n", 100 * memory.statistics().hitRate());
    }
  }
}
