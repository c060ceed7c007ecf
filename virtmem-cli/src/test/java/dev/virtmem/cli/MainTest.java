package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void helpListsTheCommands() {
    String help = Outcome.of("--help").succeeded().out();
    for (String command :
        new String[] {
          "demo", "replay", "selftest", "bench", "stores", "devices", "pool", "serve"
        }) {
      assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + command + " ")), help);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "replay",
        "selftest",
        "bench",
        "bench wire",
        "bench speed",
        "bench scratch",
        "devices",
        "pool",
        "pool create",
        "pool info",
        "pool check",
        "pool dump",
        "pool compact",
        "serve"
      })
  void eachCommandHasHelpOfAtMost80Columns(String command) {
    String help = Outcome.of((command + " --help").split(" ")).succeeded().out();
    assertTrue(help.startsWith("Usage: virtmem " + command + " "), help);
    assertEquals(0, help.lines().filter(line -> line.length() > 80).count(), help);
  }

  @Test
  void saysItsVersion() {
    assertTrue(Outcome.of("--version").succeeded().out().startsWith("virtmem "));
  }

  @Test
  void unknownCommandsAndOptionsAreWrongUsage() {
    Outcome.of().failed(2, "demo, replay, selftest, bench, stores, devices, pool, serve");
    Outcome.of("dance")
        .failed(2, "'dance'", "demo, replay, selftest, bench, stores, devices, pool, serve");
    Outcome.of("bench").failed(2, "wire, speed, scratch");
    Outcome.of("pool").failed(2, "create, info, check, dump, compact");
    Outcome.of("demo", "--fast").failed(2, "--fast", "see virtmem demo --help");
    Outcome.of("selftest").failed(2, "--store");
    Outcome.of("replay").failed(2, "TRACE");
  }

  @Test
  void stackTracesAreShownOnlyForDebugging() {
    String[] wrong = {"demo", "--store", "heap:"};
    Outcome.of(wrong).failed(2, "heap:");
    String[] failing = {"demo", "--store", "heap:8K"};
    Outcome.of(failing).failed(1, "does not fit");
    for (String debug :
        new String[] {"demo --store heap: --debug", "--debug demo --store heap:8K"}) {
      assertTrue(Outcome.of(debug.split(" ")).err().contains("\tat dev.virtmem."), debug);
    }
  }

  @Test
  void listsTheStores() {
    String stores = Outcome.of("stores").succeeded().out();
    for (String scheme :
        new String[] {
          "heap:", "file:", "sd:", "sim:", "sim-serial:", "spi:", "serial:", "serial-tcp:"
        }) {
      assertTrue(stores.lines().anyMatch(line -> line.startsWith(scheme)), stores);
    }
  }
}
