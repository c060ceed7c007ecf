package dev.virtmem.examples;

import dev.virtmem.PersistentPool;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.RecordType;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Logs readings to a pool file, commits after each 100, and ends at any moment: as if it were
 * killed, it loses what it had not committed, and goes on from there when it is run again.
 */
final class SensorLogger {
  /** A ring of readings. */
  record Log(int taken, int size, RecordPointer<Reading> readings) {}

  record Reading(int number, float celsius) {}

  private static final int SIZE = 10_000;
  private static final int COMMIT_EVERY = 100;

  private final PersistentPool pool;
  private final RecordPointer<Log> log;
  private final IntMember<Log> taken;

  private SensorLogger(PersistentPool pool) {
    this.pool = pool;
    this.log = find(pool);
    this.taken = RecordType.of(Log.class, pool.memory()).intMember("taken");
  }

  /** Finds the log of an earlier run, or begins one. */
  private static RecordPointer<Log> find(PersistentPool pool) {
    var found = pool.root(0).asRecords(Log.class);
    if (!found.isNull()) {
      return found;
    }
    var readings = pool.memory().allocate(Reading.class, SIZE);
    var fresh = pool.memory().allocate(new Log(0, SIZE, readings));
    pool.setRoot(0, fresh);
    pool.commit();
    return fresh;
  }

  private void take(float celsius) {
    var now = log.get();
    now.readings().set(now.taken() % now.size(), new Reading(now.taken(), celsius));
    taken.set(log, now.taken() + 1);
    if ((now.taken() + 1) % COMMIT_EVERY == 0) {
      pool.commit();
    }
  }

  /** Counts the readings that are not the ones that must be there. */
  private int wrong() {
    var now = log.get();
    int wrong = 0;
    for (int i = Math.max(0, now.taken() - now.size()); i < now.taken(); i++) {
      if (now.readings().get(i % now.size()).number() != i) {
        wrong++;
      }
    }
    return wrong;
  }

  static void main(String[] args) {
    String temporary = System.getProperty("java.io.tmpdir").replace("%", "%25").replace("?", "%3F");
    String store =
        args.length == 0 ? "sd:" + temporary + "/sensor-log.vm?size=1M" : StoreOption.of(args);
    try (var pool = VirtualMemory.builder(store).ram(4096).openPersistent()) {
      var logger = new SensorLogger(pool);
      int before = logger.taken.get(logger.log);
      System.out.println("Found " + before + " readings, " + logger.wrong() + " of them wrong");
      int more = ThreadLocalRandom.current().nextInt(100, 2000);
      for (int i = 0; i < more; i++) {
        logger.take(20 + i % 7);
      }
      int kept = (before + more) / COMMIT_EVERY * COMMIT_EVERY;
      System.out.println("Took " + more + " more; " + kept + " in all are committed");
    }
  }
}
