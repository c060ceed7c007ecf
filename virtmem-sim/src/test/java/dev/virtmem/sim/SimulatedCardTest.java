package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedCardTest extends BackingStoreContract {
  private final SimulatedCard card = new SimulatedCard(4096, 1024);

  @Override
  protected BackingStore open() {
    return new SimulatedCard(20_001);
  }

  @Test
  void keepsWhatWasSyncedWhateverTheCut() {
    write(0, 4096, 1);
    card.sync();
    for (int seed = 0; seed < 20; seed++) {
      assertArrayEquals(filled(4096, 1), contents(card.afterPowerCut(seed)));
    }
  }

  @Test
  void losesTearsAndReordersWhatWasNot() {
    write(0, 1024, 1);
    write(2048, 1024, 2);
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      byte[] left = contents(card.afterPowerCut(seed));
      var outcome = new StringBuilder();
      for (int sector = 0; sector < 4096; sector += SimulatedCard.SECTOR) {
        for (int i = 1; i < SimulatedCard.SECTOR; i++) {
          assertEquals(left[sector], left[sector + i], "torn inside of a sector");
        }
        outcome.append(left[sector]);
      }
      outcomes.add(outcome.toString());
    }
    // all, none, lost, overtaken, and each half of each write
    assertTrue(
        outcomes.containsAll(
            Set.of("11002200", "00000000", "11000000", "00002200", "10002200", "01000000")),
        outcomes.toString());
    assertEquals(16, outcomes.size());
  }

  @Test
  void overwritesMayReachTheMediumAlone() {
    write(0, 512, 1);
    card.sync();
    write(0, 512, 2);
    write(0, 512, 3);
    Set<Byte> found = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      found.add(contents(card.afterPowerCut(seed))[0]);
    }
    assertEquals(Set.of((byte) 1, (byte) 2, (byte) 3), found);
    assertEquals(3, contents(card)[0], "the card itself goes on");
  }

  @Test
  void tearsWhereItIsTold() {
    card.tearAt(1);
    write(0, 4, 1);
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      byte[] left = contents(card.afterPowerCut(seed));
      outcomes.add(Arrays.toString(Arrays.copyOf(left, 4)));
    }
    assertEquals(16, outcomes.size());
  }

  @Test
  void bitsRot() {
    write(0, 512, 0);
    card.sync();
    card.rot(7, 3);
    assertEquals(8, contents(card)[7]);
    assertEquals(8, contents(card.afterPowerCut(1))[7]);
  }

  @Test
  void turnsReadOnly() {
    write(0, 512, 1);
    card.turnReadOnly();
    var e = assertThrows(StoreException.class, () -> write(0, 512, 2));
    assertTrue(e.getMessage().contains("read-only"), e.getMessage());
    assertEquals(1, contents(card)[0]);
  }

  @Test
  void blocksWearOut() {
    card.endure(2048);
    write(512, 1024, 1);
    write(0, 1024, 1);
    write(0, 512, 1);
    assertArrayEquals(new long[] {2048, 512, 0, 0}, card.wear());
    var e = assertThrows(StoreException.class, () -> write(0, 1, 1));
    assertTrue(e.getMessage().contains("erase block 0"), e.getMessage());
    write(1024, 512, 1);
    assertArrayEquals(new long[] {2048, 1024, 0, 0}, card.wear());
  }

  @Test
  void takesItsTime() {
    write(0, 512, 1);
    double one = card.clock().nanos();
    assertEquals(card.cost().writeTime(512), one, 1);
    card.stall(1024, 80_000_000);
    write(0, 512, 1);
    assertEquals(2 * one, card.clock().nanos(), 2);
    write(0, 512, 1);
    assertEquals(3 * one + 80_000_000, card.clock().nanos(), 3);
  }

  private void write(int offset, int length, int value) {
    card.write(offset, filled(length, value), 0, length);
  }

  private static byte[] filled(int length, int value) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] contents(SimulatedCard card) {
    var bytes = new byte[(int) card.capacity()];
    card.read(0, bytes, 0, bytes.length);
    return bytes;
  }
}
