package dev.virtmem.sdcard;

import dev.virtmem.sim.SimulatedCard;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.function.Consumer;

/** Looks, at each operation of a card, at what power cuts right then would leave. */
final class PowerCuts extends ForwardingStore {
  private final SimulatedCard card;
  private final int each;
  private final Consumer<SimulatedCard> inspector;
  private long seed;
  private int cuts;

  /**
   * Creates a decorator that tries some cuts after each write, and before and after each sync.
   *
   * @param seed of the first cut; the next ones follow
   * @param inspector is given what a cut left
   */
  PowerCuts(SimulatedCard card, int each, long seed, Consumer<SimulatedCard> inspector) {
    super(card);
    this.card = card;
    this.each = each;
    this.seed = seed;
    this.inspector = inspector;
  }

  int cuts() {
    return cuts;
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    super.write(offset, source);
    cut(each);
  }

  @Override
  public void sync() {
    cut(each);
    super.sync();
    cut(1);
  }

  private void cut(int times) {
    for (int i = 0; i < times; i++) {
      long now = seed++;
      try {
        inspector.accept(card.afterPowerCut(now));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("cut " + cuts + " with seed " + now + ": " + e.getMessage(), e);
      }
      cuts++;
    }
  }
}
