package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Serves several lines by name, each with a {@link HostPort} and so with a pool of its own, and
 * those that appear later and match a pattern.
 *
 * <p>A name is served from its first appearance until the end. When its port vanishes, the pool is
 * kept, and when the name comes back, it is the same line again: a device that was only unplugged
 * goes on with its pool, one that starts over gets a new one in its place. Another device that
 * comes back under the name is told apart by that it starts over, as every device does that was
 * just powered. So there are never more pools than names have been seen, and never more names than
 * the limit.
 *
 * <p>Used by one thread at a time.
 */
public final class HostPorts implements AutoCloseable {
  private final Function<String, Connector> connectors;
  private final PoolLender lender;
  private final Function<String, HostListener> listeners;
  private final int most;
  private final Map<String, HostPort> ports = new LinkedHashMap<>();
  private final List<PortPattern> patterns = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();

  /**
   * Serves nothing yet.
   *
   * @param connectors says how a name is opened
   * @param lender where the pools of all of them come from
   * @param listeners makes what hears text and events of a name
   * @param most how many names are served, at least 1; a further one is told {@link Kind#REFUSED}
   *     to its listener, once
   */
  public HostPorts(
      Function<String, Connector> connectors,
      PoolLender lender,
      Function<String, HostListener> listeners,
      int most) {
    this.connectors = Objects.requireNonNull(connectors, "connectors");
    this.lender = Objects.requireNonNull(lender, "lender");
    this.listeners = Objects.requireNonNull(listeners, "listeners");
    if (most < 1) {
      throw new IllegalArgumentException("at least 1 port must be allowed, got " + most);
    }
    this.most = most;
  }

  /**
   * Serves a name from now on, whether or not its port exists. One that is served already is left
   * as it is.
   *
   * @param name of a port
   */
  public void add(String name) {
    if (ports.containsKey(name)) {
      return;
    }
    if (ports.size() < most) {
      ports.put(name, new HostPort(connectors.apply(name), lender, listeners.apply(name)));
    } else if (refused.size() < most && refused.add(name)) {
      String why = "not served, " + most + (most == 1 ? " port is" : " ports are") + " allowed";
      listeners.apply(name).event(new HostEvent(Kind.REFUSED, why));
    }
  }

  /**
   * Serves what matches a pattern, from the next {@link #refresh()} on.
   *
   * @param pattern of names
   */
  public void add(PortPattern pattern) {
    patterns.add(Objects.requireNonNull(pattern, "pattern"));
  }

  /**
   * Looks for names that match and are not served yet, and serves them. To be called again and
   * again.
   *
   * @throws IOException if a folder cannot be read; the next call tries again
   */
  public void refresh() throws IOException {
    for (PortPattern pattern : patterns) {
      pattern.matches().forEach(this::add);
    }
  }

  /**
   * Returns what is served.
   *
   * @return a view of the ports by name, in the order in which they came; not to be closed singly
   */
  public Map<String, HostPort> ports() {
    return Collections.unmodifiableMap(ports);
  }

  /** Ends all of them and gives lines and pools back. */
  @Override
  public void close() {
    ports.values().forEach(HostPort::close);
  }
}
