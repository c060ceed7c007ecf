package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.pty.PtyCable;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.Stores;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The store contract with jSerialComm at both ends of a pseudo-terminal. */
class PtyContractTest {

  abstract static class OnPty extends BackingStoreContract {
    private PtyCable cable;
    private HostPort host;

    abstract String protocol();

    @Override
    protected BackingStore open() throws IOException {
      assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
      cable = new PtyCable();
      host =
          new HostPort(
              Lines.port(cable.right(), 1_000_000),
              PoolLender.heap(100_000, 100_000),
              new HostListener() {});
      return Stores.open(
          "serial:"
              + cable.left()
              + "?size=20011&baud=1000000&timeout=60000&protocol="
              + protocol());
    }

    @Override
    protected int rounds() {
      return 100;
    }

    @AfterEach
    void endTheHost() throws IOException {
      if (host != null) {
        closeStore();
        assertTrue(host.session().statistics().ignored() == 0);
        host.close();
        cable.close();
      }
    }
  }

  @Nested
  class Checked extends OnPty {
    @Override
    String protocol() {
      return "checked";
    }
  }

  @Nested
  class Plain extends OnPty {
    @Override
    String protocol() {
      return "plain";
    }
  }
}
