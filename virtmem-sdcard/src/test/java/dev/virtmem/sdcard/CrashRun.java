package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PersistentPool;
import dev.virtmem.VirtualMemory;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolCheck;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.sim.SimulatedCard;
import dev.virtmem.store.BackingStore;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs a scenario on a simulated card through power cuts at each of its operations. A life of the
 * program ends with a cut, too; the next one goes on with what it left.
 */
final class CrashRun {
  private static final int COMMITS_A_LIFE = 12;

  private final CrashScenario scenario;
  private final PoolShape shape;
  private final int tearUnit;
  private final int each;
  private final UnaryOperator<BackingStore> mutation;
  private final Consumer<SimulatedCard> tampering;

  private NavigableMap<Long, byte[]> committed = new TreeMap<>();
  private NavigableMap<Long, byte[]> underWay;
  private long commit;
  private int cuts;

  /**
   * Creates a run.
   *
   * @param each how many cuts at each operation
   * @param mutation what lies between the pool and the card, to break the order of writes
   * @param tampering what is done to a card after each cut
   */
  CrashRun(
      CrashScenario scenario,
      PoolShape shape,
      int tearUnit,
      int each,
      UnaryOperator<BackingStore> mutation,
      Consumer<SimulatedCard> tampering) {
    this.scenario = scenario;
    this.shape = shape;
    this.tearUnit = tearUnit;
    this.each = each;
    this.mutation = mutation;
    this.tampering = tampering;
  }

  /** A run of what is shipped. */
  CrashRun(CrashScenario scenario, PoolShape shape, int tearUnit, int each) {
    this(scenario, shape, tearUnit, each, UnaryOperator.identity(), card -> {});
  }

  /** Runs until enough cuts were tried; returns how many there were. */
  int run(int enough, long seed) {
    var random = new Random(seed);
    var card = new SimulatedCard((int) shape.storeBytes());
    card.tearAt(tearUnit);
    PersistentStore.create(card, shape);
    while (cuts < enough) {
      var explored = new PowerCuts(card, each, random.nextLong(), this::inspect);
      try (var pool = open(mutation.apply(explored))) {
        live(pool, random);
      }
      cuts += explored.cuts();
      card = card.afterPowerCut(random.nextLong());
      inspect(card.afterPowerCut(0));
    }
    return cuts;
  }

  private void live(PersistentPool pool, Random random) {
    var ledger = new Ledger(pool, committed, random);
    int commits = 1 + random.nextInt(COMMITS_A_LIFE);
    for (int i = 0; i < commits; i++) {
      scenario.step(ledger, random);
      underWay = ledger.prepare();
      long number = pool.commit();
      committed = underWay;
      underWay = null;
      commit = number;
    }
    scenario.step(ledger, random);
    // What is not committed reaches the card none the less, as frames are needed.
    pool.memory().flush();
  }

  private void inspect(SimulatedCard card) {
    tampering.accept(card);
    try (var pool = open(card)) {
      var check = PoolCheck.of(card);
      assertEquals(List.of(), check.faults());
      assertEquals(List.of(), check.repairs());
      long found = pool.store().commitNumber();
      boolean isNew = underWay != null && found == commit + 1;
      assertTrue(isNew || found == commit, "commit " + found + " was found, not " + commit);
      Ledger.verify(pool, isNew ? underWay : committed);
    }
  }

  private static PersistentPool open(BackingStore store) {
    return VirtualMemory.builder(PersistentStore.open(store)).ram(2048).openPersistent();
  }
}
