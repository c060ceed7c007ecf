package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolFormatException;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedCard;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power cuts at each operation of a card, and proof that the tests would see a wrong order. */
class CrashTest {
  private static final PoolShape SMALL = PoolShape.of(192 * 512, 512, 30);
  private static final PoolShape TALL = PoolShape.of(96 * 1024, 1024, 40);

  /** Smaller than a sector, so that pages of one sector are torn as well. */
  private static final int TEAR = 64;

  private static final int BAUD = 1_000_000;

  @ParameterizedTest
  @EnumSource
  void opensAsCommitted(CrashScenario scenario) {
    assertTrue(new CrashRun(scenario, SMALL, TEAR, 2).run(500, 11) >= 500);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  void opensAsCommittedWhateverTheCut(CrashScenario scenario) {
    int cuts = new CrashRun(scenario, SMALL, TEAR, 3).run(5000, 12);
    cuts += new CrashRun(scenario, TALL, SimulatedCard.SECTOR, 3).run(5000, 13);
    assertTrue(cuts >= 10_000, cuts + " cuts");
  }

  /** The card of a host at the other end of a serial line, to which each sync must get. */
  @ParameterizedTest
  @EnumSource
  void opensAsCommittedOverASerialLine(CrashScenario scenario) {
    var run = new CrashRun(scenario, SMALL, TEAR, 2, CrashTest::overASerialLine, card -> {});
    assertTrue(run.run(500, 14) >= 500);
  }

  private static BackingStore overASerialLine(BackingStore card) {
    long size = card.capacity();
    var host = new HostSession(new PoolLender(any -> card, size, size), new HostListener() {});
    var line = new SimulatedLine(LineEnd.of(host), BAUD, 500_000, 0, LineFaults.NONE);
    return SerialStore.builder(line).baud(BAUD).size(size).open();
  }

  @Test
  void creationLeavesAPoolOrNone() {
    var card = new SimulatedCard((int) SMALL.storeBytes());
    card.tearAt(TEAR);
    List<Boolean> opened = new ArrayList<>();
    var explored =
        new PowerCuts(
            card,
            20,
            1,
            left -> {
              try (var pool = PersistentStore.open(left)) {
                assertEquals(0, pool.usedPlaces());
                opened.add(true);
              } catch (PoolFormatException e) {
                opened.add(false);
              }
            });
    PersistentStore.create(explored, SMALL).close();
    assertTrue(opened.contains(false));
    assertTrue(opened.getLast(), "after the last sync there is a pool");
  }

  /** Returns a card that holds a pool whose root 0 is 77. */
  private static SimulatedCard cardWithPool() {
    var card = new SimulatedCard((int) SMALL.storeBytes());
    card.tearAt(TEAR);
    try (var pool = PersistentStore.create(card, SMALL)) {
      pool.setRoot(0, 77);
      pool.commit(null);
    }
    return card.afterPowerCut(0);
  }

  @Test
  void creationOverAnotherPoolLeavesEither() {
    var again = cardWithPool();
    var explored =
        new PowerCuts(
            again,
            50,
            1,
            left -> {
              try (var pool = PersistentStore.open(left)) {
                assertEquals(pool.commitNumber() == 0 ? 0 : 77, pool.root(0));
              }
            });
    PersistentStore.create(explored, SMALL).close();
    assertTrue(explored.cuts() > 100);
  }

  @Test
  void cutWhileAHeaderIsRepairedDoesNoHarm() {
    for (long damaged : new long[] {60, SMALL.storeBytes() - 60}) {
      var again = cardWithPool();
      again.rot((int) damaged, 1);
      var explored =
          new PowerCuts(
              again,
              50,
              1,
              left -> {
                try (var pool = PersistentStore.open(left)) {
                  assertEquals(77, pool.root(0));
                }
              });
      PersistentStore.open(explored).close();
      assertTrue(explored.cuts() > 50, explored.cuts() + " cuts");
    }
  }

  @Test
  void headerBeforeDataIsCaught() {
    assertCaught(HeaderFirst::new, card -> {});
  }

  @Test
  void noSyncBeforeTheHeaderIsCaught() {
    assertCaught(NoSyncBeforeHeader::new, card -> {});
  }

  @Test
  void headerWithoutChecksumIsCaught() {
    assertCaught(UnaryOperator.identity(), CrashTest::sealHeaders);
  }

  private static void assertCaught(
      UnaryOperator<BackingStore> mutation, Consumer<SimulatedCard> tampering) {
    for (var scenario : CrashScenario.values()) {
      var run = new CrashRun(scenario, SMALL, TEAR, 2, mutation, tampering);
      assertThrows(AssertionError.class, () -> run.run(2000, 11), scenario.name());
    }
  }

  /** Writes what leads to the data before the data. */
  private static final class HeaderFirst extends ForwardingStore {
    private final List<Runnable> held = new ArrayList<>();

    HeaderFirst(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      byte[] bytes = new byte[source.length()];
      source.get(0, bytes, 0, bytes.length);
      if (offset == 0) {
        delegate().write(offset, bytes, 0, bytes.length);
        delegate().sync();
        held.forEach(Runnable::run);
        held.clear();
      } else {
        held.add(() -> delegate().write(offset, bytes, 0, bytes.length));
      }
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      held.forEach(Runnable::run);
      held.clear();
      super.read(offset, target);
    }

    @Override
    public void sync() {
      if (held.isEmpty()) {
        delegate().sync();
      }
    }
  }

  /** Leaves out the sync between the data and what leads to them. */
  private static final class NoSyncBeforeHeader extends ForwardingStore {
    private boolean header;

    NoSyncBeforeHeader(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      header = offset == 0;
      super.write(offset, source);
    }

    @Override
    public void sync() {
      if (header) {
        super.sync();
      }
    }
  }

  /** Makes each header right that begins as one, as if its checksum were not looked at. */
  private static void sealHeaders(SimulatedCard card) {
    int size = SMALL.pageSize();
    for (long offset : new long[] {0, SMALL.storeBytes() - size}) {
      byte[] page = new byte[size];
      card.read(offset, page, 0, size);
      var crc = new CRC32C();
      crc.update(page, 0, 8);
      crc.update(page, 12, size - 12);
      for (int i = 0; i < 4; i++) {
        page[8 + i] = (byte) (crc.getValue() >>> 8 * i);
      }
      card.write(offset, page, 0, size);
    }
    card.sync();
  }
}
