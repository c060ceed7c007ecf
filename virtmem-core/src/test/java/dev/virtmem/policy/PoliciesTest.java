package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PoliciesTest {

  @Test
  void namesMakePolicies() {
    assertEquals(
        List.of("FIFO", "FIFO-CLEAN5", "CLOCK", "SIEVE", "LRU", "S3FIFO"), Policies.names());
    assertInstanceOf(Fifo.class, Policies.named("FIFO", 4));
    assertInstanceOf(CleanFirstFifo.class, Policies.named("FIFO-CLEAN5", 4));
    assertInstanceOf(Clock.class, Policies.named("CLOCK", 4));
    assertInstanceOf(Sieve.class, Policies.named("SIEVE", 4));
    assertInstanceOf(Lru.class, Policies.named("LRU", 4));
    assertInstanceOf(S3Fifo.class, Policies.named("S3FIFO", 4));
    assertInstanceOf(S3Fifo.class, Policies.named("S3-FIFO", 4));
  }

  @Test
  void caseDoesNotMatterInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertInstanceOf(Fifo.class, Policies.named("fifo", 4));
      assertInstanceOf(CleanFirstFifo.class, Policies.named("Fifo-clean9", 4));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theDefaultTakesCleanPagesFirst() {
    assertInstanceOf(CleanFirstFifo.class, Policies.named(Policies.DEFAULT, 4));
  }

  @Test
  void eachCallMakesANewPolicy() {
    assertNotSame(Policies.named("LRU", 4), Policies.named("LRU", 4));
  }

  @Test
  void unknownNamesAreRefusedWithTheListOfNames() {
    for (String name : List.of("MRU", "", "FIFO-CLEAN", "FIFO-CLEAN0", "FIFO-CLEAN10")) {
      var refused =
          assertThrows(IllegalArgumentException.class, () -> Policies.named(name, 4), name);
      assertTrue(refused.getMessage().contains("'" + name + "'"), refused.getMessage());
      assertTrue(
          refused.getMessage().contains(String.join(", ", Policies.names())), refused.getMessage());
    }
  }

  @Test
  void noFramesAreRefused() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Policies.named("SIEVE", 0));
    assertEquals("frames = 0, must be at least 1", refused.getMessage());
  }
}
