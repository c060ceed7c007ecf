package dev.virtmem.examples;

import dev.virtmem.PageLock;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.RecordType;
import dev.virtmem.struct.Size;
import java.lang.foreign.ValueLayout;

/** Records inside of records, members one at a time, and ranges that stay in RAM while locked. */
final class StructsAndLocks {
  enum Kind {
    TEMPERATURE,
    PRESSURE
  }

  record Point(short x, short y) {}

  record Sensor(@Size(12) String name, Kind kind, Point at, @Size(24) float[] hours) {}

  static void main(String[] args) {
    try (var memory = VirtualMemory.builder(StoreOption.of(args)).ram(4096).trackLocks().open()) {
      structs(memory);
      locks(memory);
    }
  }

  private static void structs(VirtualMemory memory) {
    System.out.print(RecordType.of(Sensor.class, memory));
    RecordPointer<Sensor> sensors = memory.allocate(Sensor.class, 100);
    sensors.fill(
        100,
        i ->
            new Sensor(
                "sensor " + i,
                i % 2 == 0 ? Kind.TEMPERATURE : Kind.PRESSURE,
                new Point((short) i, (short) -i),
                new float[24]));
    // A member is read and written without the rest of the record.
    sensors.plus(42).floatMember("hours[7]").set(19.5f);
    sensors.plus(42).recordMember("at", Point.class).set(new Point((short) 3, (short) 4));
    Sensor sensor = sensors.get(42);
    System.out.println(sensor.name() + " at " + sensor.at() + ": " + sensor.hours()[7]);
  }

  private static void locks(VirtualMemory memory) {
    var image = memory.allocateBytes(100_000);
    // Longer than all of the RAM: lock after lock, each as long as it can be had.
    memory.forEachLock(
        image,
        100_000,
        lock -> {
          for (int i = 0; i < lock.size(); i++) {
            lock.setByte(i, (byte) (lock.address() - image.address() + i));
          }
        });
    // Locks nest; all of them see the same bytes, and so does every other access.
    try (PageLock row = memory.lock(image.plus(5_000), 32);
        PageLock pixel = memory.lockForReading(image.plus(5_008), 1)) {
      row.setByte(8, (byte) 77);
      System.out.println("Pixel " + pixel.getByte(0) + ", also " + image.get(5_008));
      try {
        pixel.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
      } catch (IllegalArgumentException e) {
        System.out.println("A lock for reading refuses to be written");
      }
    }
    System.out.printf("%.1f %% found in RAM%n", 100 * memory.statistics().hitRate());
  }
}
