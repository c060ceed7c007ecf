package dev.virtmem.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Notes what is on the wires of one or more {@linkplain SimulatedSpiProvider#log providers}: the
 * last commands, and all of those that got in each other's way.
 *
 * <p>Two threads are in each other's way if one begins a transfer on a bus before the other's is
 * over. Linux would let one of them wait; a driver that promises to take turns must not leave that
 * to others. They are as well if a command comes between one that is only the first half, such as
 * WREN, and its second half.
 *
 * <p>Safe for use by several threads.
 */
public final class CommandLog {
  private static final int MOST_INTERLEAVINGS = 32;

  private record Place(int bus, int channel) {}

  private final int capacity;
  private final Deque<Command> commands = new ArrayDeque<>();
  private final Map<Integer, List<String>> underWay = new HashMap<>();
  private final Map<Place, Command> prefixes = new HashMap<>();
  private final List<String> interleavings = new ArrayList<>();
  private long total;

  /**
   * Creates an empty log.
   *
   * @param capacity how many commands it keeps, at least 0: the last ones
   * @throws IllegalArgumentException if the capacity is negative
   */
  public CommandLog(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a log keeps at least 0 commands, got " + capacity);
    }
    this.capacity = capacity;
  }

  /** Notes that the calling thread wants to transfer something, now. */
  synchronized void begin(int bus, int channel) {
    String transfer = thread() + " to " + bus + "." + channel;
    List<String> others = underWay.computeIfAbsent(bus, key -> new ArrayList<>(1));
    if (!others.isEmpty()) {
      interleaved(transfer + " while a transfer of " + others.getFirst() + " was under way");
    }
    others.add(transfer);
  }

  /** Notes what was on the wires, in the order in which it was there. */
  synchronized void add(Command command) {
    total++;
    Command first = prefixes.remove(new Place(command.bus(), command.channel()));
    if (first != null && !first.thread().equals(command.thread())) {
      interleaved(command.toString().strip() + " right after " + first.toString().strip());
    }
    if (command.prefix() && !command.failed()) {
      prefixes.put(new Place(command.bus(), command.channel()), command);
    }
    if (capacity > 0) {
      if (commands.size() == capacity) {
        commands.removeFirst();
      }
      commands.addLast(command);
    }
  }

  /** Notes that the calling thread's transfer is over. */
  synchronized void end(int bus, int channel) {
    underWay.get(bus).remove(thread() + " to " + bus + "." + channel);
  }

  private void interleaved(String line) {
    if (interleavings.size() < MOST_INTERLEAVINGS) {
      interleavings.add(line);
    }
  }

  private static String thread() {
    return Thread.currentThread().getName();
  }

  /**
   * Returns the last commands, as many as this log keeps.
   *
   * @return a copy, oldest first
   */
  public synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  /**
   * Returns the number of commands so far, those that are not kept any more included.
   *
   * @return how often chip select fell
   */
  public synchronized long total() {
    return total;
  }

  /**
   * Returns where threads got in each other's way since the log was created or cleared, whether the
   * commands are still kept or not.
   *
   * @return one line each, the first 32; unmodifiable; empty if all took turns
   */
  public synchronized List<String> interleavings() {
    return List.copyOf(interleavings);
  }

  /** Forgets all that is over. */
  public synchronized void clear() {
    commands.clear();
    prefixes.clear();
    interleavings.clear();
    total = 0;
  }

  /**
   * Returns the commands that are kept.
   *
   * @return one line each, oldest first
   */
  @Override
  public String toString() {
    return commands().stream().map(Command::toString).collect(Collectors.joining("\n"));
  }
}
