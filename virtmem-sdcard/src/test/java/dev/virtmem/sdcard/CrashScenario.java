package dev.virtmem.sdcard;

import java.util.Random;

/** What a program does between two commits. */
enum CrashScenario {
  /** Allocates and fills blocks, until there are many; then starts again. */
  BULK_LOAD {
    @Override
    void step(Ledger ledger, Random random) {
      for (int i = 0; i < 6; i++) {
        ledger.allocate(500);
      }
      while (ledger.size() > 60) {
        ledger.free();
      }
    }
  },

  /** Writes here and there. */
  RANDOM_UPDATES {
    @Override
    void step(Ledger ledger, Random random) {
      while (ledger.size() < 40) {
        ledger.allocate(400);
      }
      int updates = 1 + random.nextInt(12);
      for (int i = 0; i < updates; i++) {
        ledger.update();
      }
    }
  },

  /** Allocates and frees all the time. */
  CHURN {
    @Override
    void step(Ledger ledger, Random random) {
      int operations = 1 + random.nextInt(20);
      for (int i = 0; i < operations; i++) {
        if (ledger.size() < 5 || ledger.size() < 60 && random.nextBoolean()) {
          ledger.allocate(random.nextInt(10) == 0 ? 1500 : 120);
        } else {
          ledger.free();
        }
      }
    }
  };

  abstract void step(Ledger ledger, Random random);
}
