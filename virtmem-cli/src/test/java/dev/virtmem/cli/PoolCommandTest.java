package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PersistentPool;
import dev.virtmem.Pointer;
import dev.virtmem.VirtualMemory;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PoolCommandTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void create() {
    path = folder.resolve("pool");
    String said = run("create", "--size", "1M").succeeded().out();
    assertTrue(said.contains("in pages of 4,096"), said);
  }

  @Test
  void createMakesThePoolThatIsAskedFor() throws Exception {
    assertEquals(1 << 20, Files.size(path));
    run("create", "--size", "1M").failed(1, "exists");
    Path other = folder.resolve("other");
    Outcome.of(
            "pool",
            "create",
            other.toString(),
            "--size",
            "128K",
            "--page-size",
            "1K",
            "--spare",
            "50")
        .succeeded();
    var info = Outcome.of("pool", "info", other.toString(), "--json").succeeded().json();
    assertEquals(1024, info.get("pageSize").getAsInt());
    assertEquals(128, info.get("pages").getAsInt());
    assertTrue(info.get("spare").getAsInt() >= 63, info.toString());
  }

  @Test
  void createExplainsWrongUse() {
    Path none = folder.resolve("none");
    for (String[] wrong :
        new String[][] {
          {},
          {"--size", "5000"},
          {"--size", "4K"},
          {"--size", "1M", "--page-size", "1000"},
          {"--size", "1M", "--spare", "99"},
          {"--size", "1G", "--page-size", "512"}
        }) {
      var arguments = new ArrayList<>(List.of("pool", "create", none.toString()));
      arguments.addAll(List.of(wrong));
      Outcome.of(arguments.toArray(String[]::new)).failed(2, "see virtmem pool create --help");
      assertFalse(Files.exists(none), arguments.toString());
    }
    Outcome.of("pool", "create", "heap:1M").failed(2, "--overwrite");
    Outcome.of("pool", "create", "heap:1M", "--overwrite").succeeded();
    Outcome.of("pool", "create", "heap:1M", "--overwrite", "--size", "1M").failed(2, "--size");
  }

  @Test
  void infoShowsCommitsUseAndAPicture() {
    String empty = run("info").succeeded().out();
    assertTrue(empty.contains("commit 0"), empty);
    assertTrue(empty.contains("none"), empty);
    fill();
    String full = run("info").succeeded().out();
    assertTrue(full.contains("commit 1"), full);
    assertTrue(full.contains("root 3"), full);
    assertTrue(full.lines().anyMatch(line -> line.startsWith("  [@@")), full);
    assertTrue(full.lines().anyMatch(line -> line.endsWith("  ]")), full);
    // 254 places: 126 of the 500,000 bytes and a table, 63 spare.
    assertTrue(empty.contains("[" + ".".repeat(48) + "~".repeat(16) + "]"), empty);
    assertTrue(full.matches("(?s).*\\[#{31,32}\\.{16,17}~{16}\\].*"), full);
    assertTrue(full.contains("1 to a character"), full);
    int places = run("info", "--json").json().get("usedPlaces").getAsInt();
    String map = full.substring(full.indexOf("where they lie"), full.indexOf("root 3"));
    assertEquals(places + 1, map.chars().filter(c -> c == '@').count(), map);
    var json = run("info", "--json").succeeded().json();
    assertEquals(100, json.getAsJsonObject("heap").get("usedBlocks").getAsInt());
    assertEquals(16, json.getAsJsonArray("roots").size());
  }

  @Test
  void checkFindsNothingThenDamage() throws Exception {
    run("check").succeeded();
    fill();
    byte[] before = Files.readAllBytes(path);
    String clean = run("check").succeeded().out();
    assertTrue(clean.contains("No fault."), clean);
    flip(100);
    String header = run("check").succeeded().out();
    assertTrue(header.contains("the first header"), header);
    assertTrue(header.contains("No fault."), header);
    flip(100);
    flip(30_000);
    var damaged = run("check");
    assertEquals(1, damaged.code());
    assertTrue(damaged.out().contains("at offset 28672"), damaged.out());
    assertTrue(damaged.out().contains("1 fault."), damaged.out());
    assertEquals(1, run("check", "--json").json().getAsJsonArray("faults").size());
    flip(30_000);
    assertArrayEquals(before, Files.readAllBytes(path), "check writes nothing");
  }

  @Test
  void checkLooksAtTheHeapToo() {
    try (var pool = open()) {
      var block = pool.memory().allocateBytes(100);
      pool.memory().setInt(block.address() + 100, 0x12345678);
      pool.commit();
    }
    var outcome = run("check");
    assertEquals(1, outcome.code());
    assertTrue(outcome.out().contains("the heap: no valid block header"), outcome.out());
  }

  @Test
  void dumpListsBlocksAndBytes() throws Exception {
    fill();
    String blocks = run("dump").succeeded().out();
    assertEquals(100, blocks.lines().filter(line -> !line.endsWith("free")).count(), blocks);
    assertEquals(1, blocks.lines().filter(line -> line.endsWith("free")).count(), blocks);
    String bytes = run("dump", "--from", "32", "--length", "40").succeeded().out();
    assertEquals(3, bytes.lines().count(), bytes);
    assertTrue(bytes.contains("2a 2a 2a"), bytes);
    assertTrue(bytes.contains("****"), bytes);
    flip(30_000);
    String partly = run("dump", "--from", "0", "--length", "1M").succeeded().out();
    assertEquals(1, partly.lines().filter(line -> line.contains("checksum")).count());
  }

  @Test
  void compactKeepsTheContentsAndGivesUpFreePages() {
    fill();
    try (var pool = open()) {
      var blocks = new ArrayList<Pointer>();
      for (var block : pool.memory().blocks()) {
        if (block.used()) {
          blocks.add(new Pointer(pool.memory(), block.address()));
        }
      }
      blocks.subList(20, 100).forEach(pool.memory()::free);
      pool.commit();
    }
    int before = places();
    run("compact").succeeded();
    assertTrue(places() < before / 2, places() + " places, before " + before);
    run("check").succeeded();
    try (var pool = open()) {
      assertEquals(42, pool.root(3).asBytes().get());
      assertEquals(20, pool.memory().heapReport().usedBlocks());
      pool.memory().allocateBytes(400_000);
      pool.commit();
    }
    run("check").succeeded();
    assertFalse(Files.exists(folder.resolve("pool.compact")));
    Outcome.of("pool", "compact", "heap:1M").failed(2, "only a file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void compactLeavesALinkAsItIs() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    byte[] before = Files.readAllBytes(path);
    Outcome.of("pool", "compact", link.toString()).succeeded();
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Arrays.equals(before, Files.readAllBytes(path)), "the file is a new one");
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "hello ".repeat(8192));
    for (String command : new String[] {"info", "check", "dump", "compact"}) {
      Outcome.of("pool", command, text.toString()).failed(1, "begins with 68 65 6c 6c 6f");
      Outcome.of("pool", command, folder.resolve("none").toString()).failed(2, "there is no file");
    }
    assertEquals("hello ".repeat(8192), Files.readString(text));
  }

  private int places() {
    return run("info", "--json").json().get("usedPlaces").getAsInt();
  }

  private void fill() {
    try (var pool = open()) {
      for (int i = 0; i < 100; i++) {
        var block = pool.memory().allocateBytes(5000);
        pool.memory().fill(block.address(), 5000, (byte) 42);
        pool.setRoot(3, i == 0 ? block : pool.root(3));
      }
      pool.commit();
    }
  }

  private PersistentPool open() {
    return VirtualMemory.builder("sd:" + path).ram(65_536).openPersistent();
  }

  private Outcome run(String command, String... options) {
    var arguments = new ArrayList<>(List.of("pool", command, path.toString()));
    arguments.addAll(List.of(options));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private void flip(long offset) throws Exception {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(offset);
      int value = file.read();
      file.seek(offset);
      file.write(value ^ 8);
    }
  }
}
