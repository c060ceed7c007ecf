package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesAccessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"rw-rw----, true", "rw--w----, false", "rw-r--r--, false", "rw----rw-, false"})
  void looksAtTheGroup(String permissions, boolean groupMay) throws IOException {
    Path file = Files.createFile(folder.resolve("device"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    var access = Access.of(file);
    assertEquals(groupMay, access.groupMay());
    assertTrue(access.complete());
    String group = Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    assertEquals(Optional.of(group), access.group());
  }

  @Test
  void nothingMayBeDoneWithAMissingFile() {
    var access = Access.of(folder.resolve("none"));
    assertFalse(access.readable());
    assertFalse(access.writable());
    assertEquals(Optional.empty(), access.group());
    assertEquals("no access", access.toString());
  }

  @Test
  void onlyAGroupWithAllRightsHelps() {
    assertEquals(
        Optional.of("spi"), new Access(false, false, Optional.of("spi"), true).helpfulGroup());
    assertEquals(
        Optional.empty(), new Access(false, false, Optional.of("spi"), false).helpfulGroup());
    assertEquals(
        Optional.empty(), new Access(false, false, Optional.of("root"), true).helpfulGroup());
  }
}
