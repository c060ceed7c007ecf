package dev.virtmem.cli;

import dev.virtmem.serial.Connector;
import dev.virtmem.serial.HostEvent;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostPort;
import dev.virtmem.serial.HostPorts;
import dev.virtmem.serial.HostStatistics;
import dev.virtmem.serial.PassPort;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.PortPattern;
import dev.virtmem.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lends RAM to devices at the other end of serial lines. */
@Command(
    name = "serve",
    description = {
      "Lend RAM to boards at the other end of serial lines.",
      "",
      "Serves boards with the C++ library as they are, and stores of this library with checksums."
          + " What a board prints is shown; with one port, what is typed is its input. Another port"
          + " can take the place of both. A port that vanishes is waited for. Ends with Ctrl-C.",
      ""
    },
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private static final int INPUT = 1024;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      required = true,
      description =
          "A port, such as /dev/ttyACM0 or tcp://HOST:PORT, or a pattern, such as '/dev/ttyACM*':"
              + " ports that match are served when they appear. May be given several times.")
  private List<String> ports;

  @Option(
      names = "--baud",
      paramLabel = "BAUD",
      defaultValue = "115200",
      description = "Rate of the serial ports; ${DEFAULT-VALUE} unless set.")
  private int baud;

  @Option(
      names = "--max-pool",
      paramLabel = "BYTES",
      defaultValue = "64M",
      converter = SizeConverter.class,
      description = "The largest pool that a board may have; ${DEFAULT-VALUE} unless set.")
  private long maxPool;

  @Option(
      names = "--max-total",
      paramLabel = "BYTES",
      defaultValue = "256M",
      converter = SizeConverter.class,
      description = "All pools together; ${DEFAULT-VALUE} unless set.")
  private long maxTotal;

  @Option(
      names = "--max-ports",
      paramLabel = "N",
      defaultValue = "32",
      description = "The most ports that are served; ${DEFAULT-VALUE} unless set.")
  private int maxPorts;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description = "Lend this store instead of RAM, with one port only. See virtmem stores.")
  private String store;

  @Mixin private PassOptions passOptions;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Append what the boards print to this file as well; with several ports, each line starts"
              + " with its port.")
  private Path log;

  @Option(names = "--quiet", description = "Show only what the boards print.")
  private boolean quiet;

  @Option(names = "--json", description = "Print a JSON object a line for each event and text.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, Connector> connectors = Errors.usage(spec, this::connectors);
    List<PortPattern> patterns = Errors.usage(spec, this::patterns);
    PoolLender lender = Errors.usage(spec, this::lender);
    boolean several = connectors.size() > 1 || !patterns.isEmpty();
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var screen = new ServeScreen(out, err, several, quiet, json);
    var done = new CountDownLatch(1);
    HostListener events = listener(screen, null, null, passOptions.port(), done);
    PassPort pass = Errors.usage(spec, () -> passOptions.open(ports, events));
    ServeLog file = log == null ? null : log(screen, several);
    var stopped = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().unstarted(() -> stop(done, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    var hosts =
        new HostPorts(
            name -> connectors.getOrDefault(name, PortNames.connector(name, baud)),
            lender,
            name -> listener(screen, pass, file, name, done),
            maxPorts);
    try {
      connectors.keySet().forEach(hosts::add);
      patterns.forEach(hosts::add);
      if (!several) {
        HostPort only = hosts.ports().values().iterator().next();
        if (pass == null) {
          InputStream keyboard = System.in;
          Thread.ofPlatform().daemon().start(() -> type(keyboard, only));
        } else {
          pass.start(only.session());
        }
      }
      serve(hosts, pass, screen, done, !patterns.isEmpty());
    } finally {
      done.countDown();
      hosts.close();
      if (pass != null) {
        pass.close();
      }
      if (file != null) {
        file.close();
      }
      screen.clearStatus();
      stopped.countDown();
    }
    return 0;
  }

  private Map<String, Connector> connectors() {
    if (store != null && (ports.size() > 1 || PortNames.isPattern(ports.getFirst()))) {
      throw new IllegalArgumentException(
          "--store lends one store to one --port, got " + String.join(" and ", ports));
    }
    if (maxPorts < ports.size()) {
      throw new IllegalArgumentException(
          "--max-ports must be at least the " + ports.size() + " given, got " + maxPorts);
    }
    PortNames.checkBaud("--baud", baud);
    var connectors = new LinkedHashMap<String, Connector>();
    for (String port : ports.stream().filter(name -> !PortNames.isPattern(name)).toList()) {
      if (connectors.put(port, PortNames.connector(port, baud)) != null) {
        throw new IllegalArgumentException("--port " + port + " is given twice");
      }
    }
    return connectors;
  }

  private List<PortPattern> patterns() {
    return ports.stream().filter(PortNames::isPattern).map(PortPattern::of).toList();
  }

  private ServeLog log(ServeScreen screen, boolean prefixed) {
    try {
      return new ServeLog(log, prefixed, screen::problem);
    } catch (IOException e) {
      throw new Failure("cannot open the log " + log + ": " + ServeLog.reason(e), e);
    }
  }

  private PoolLender lender() {
    return store == null
        ? PoolLender.heap(maxPool, maxTotal)
        : new PoolLender(size -> Stores.open(store), maxPool, maxTotal);
  }

  /**
   * Makes what hears a port; {@code pass}, in place of the screen, and {@code file} may be null.
   */
  private static HostListener listener(
      ServeScreen screen, PassPort pass, ServeLog file, String port, CountDownLatch done) {
    return new HostListener() {
      @Override
      public void text(byte[] bytes, int from, int length) {
        if (pass == null) {
          screen.text(port, bytes, from, length);
        } else {
          pass.print(bytes, from, length);
        }
        if (file != null) {
          file.text(port, bytes, from, length);
        }
      }

      @Override
      public void event(HostEvent event) {
        // At the end, the library closes ports before we do: no news. Lost text is.
        if (done.getCount() > 0 || event.kind() == HostEvent.Kind.DROPPED) {
          screen.event(port, event);
        }
      }
    };
  }

  /** Waits for the end; looks for new ports, and shows the status if somebody watches. */
  private void serve(
      HostPorts hosts, PassPort pass, ServeScreen screen, CountDownLatch done, boolean growing) {
    boolean watched = !quiet && !json && Progress.watched();
    var before = new LinkedHashMap<String, HostStatistics>();
    String problem = "";
    try {
      if (!watched && !growing) {
        done.await();
      }
      do {
        String now = refresh(hosts);
        if (!now.equals(problem) && !now.isEmpty()) {
          screen.problem(now);
        }
        problem = now;
        if (watched) {
          String boards = status(hosts.ports(), before);
          screen.status(pass == null ? boards : boards + " | " + passOptions.status(pass));
        }
      } while (!done.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Serves ports that have appeared. Returns why that could not be found out, or nothing. */
  private static String refresh(HostPorts hosts) {
    try {
      hosts.refresh();
      return "";
    } catch (IOException e) {
      return "cannot look for new ports: " + e;
    }
  }

  private static String status(Map<String, HostPort> hosts, Map<String, HostStatistics> before) {
    var parts = new ArrayList<String>();
    hosts.forEach(
        (name, host) -> {
          HostStatistics now = host.session().statistics();
          HostStatistics last = before.put(name, now);
          long moved = moved(now) - (last == null ? 0 : moved(last));
          parts.add(
              host.isConnected()
                  ? Lines.format(
                      "%s: pool %,d KiB, %,d KiB/s, %,d transfers, %,d errors",
                      name,
                      now.poolBytes() >> 10,
                      moved >> 10,
                      now.reads() + now.writes(),
                      now.badFrames() + now.ignored())
                  : name + ": waiting");
        });
    if (parts.isEmpty()) {
      parts.add("no port matches yet");
    }
    return String.join(" | ", parts);
  }

  private static long moved(HostStatistics statistics) {
    return statistics.bytesRead() + statistics.bytesWritten();
  }

  /** Forwards what is typed. A board that does not fetch its input makes this wait. */
  private static void type(InputStream in, HostPort host) {
    var bytes = new byte[INPUT];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        for (int done = 0; done < count; ) {
          int taken = host.session().type(bytes, done, count - done);
          done += taken;
          if (taken == 0) {
            TimeUnit.MILLISECONDS.sleep(100);
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      // The input has ended, the host goes on.
      return;
    }
  }

  private static void stop(CountDownLatch done, CountDownLatch stopped) {
    done.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
