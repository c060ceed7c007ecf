package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The host's end of the plain protocol, fed with bytes. The numbers of rules are the document's.
 */
final class PlainHost {
  private static final int CHUNK = 4096;

  private enum State {
    TEXT,
    CODE,
    ARGUMENTS,
    PAYLOAD
  }

  private final PoolLender lender;
  private final InputQueue input;
  private final HostJournal journal;
  private final Runnable poolWanted;
  private final RestartDetector restart = new RestartDetector();
  private final byte[] arguments = new byte[8];

  private State state = State.TEXT;
  private int code;
  private int argumentBytes;
  private long offset;
  private long remaining;
  private int asked;
  private boolean initialised;

  /** Refused by the limits: rule 5. */
  private boolean refused;

  /** Null before init pool, when refused, and after the store failed. */
  private LentPool pool;

  /** Creates a host; {@code poolWanted} runs before a pool is lent, to give others back. */
  PlainHost(PoolLender lender, InputQueue input, HostJournal journal, Runnable poolWanted) {
    this.lender = lender;
    this.input = input;
    this.journal = journal;
    this.poolWanted = poolWanted;
  }

  /** Starts over in TEXT; the pool is kept: rule 7. */
  void lineLost() {
    state = State.TEXT;
    asked = 0;
  }

  /** Starts over as after an init. */
  void init() {
    state = State.TEXT;
    asked = 0;
    initialised = true;
    refused = false;
    dropPool();
  }

  void dropPool() {
    if (pool != null) {
      LentPool old = pool;
      pool = null;
      journal.giveBack(old, false);
    }
  }

  /** Notes the time of the bytes that follow. */
  void arrival(long nanos) {
    restart.arrival(nanos);
  }

  /** Has the device just asked for the checked protocol? */
  boolean isAsked() {
    return Plain.questionCode(asked) < 0;
  }

  /**
   * Takes bytes, up to the end of the question for the checked protocol if there is one.
   *
   * @return the index behind the last byte taken
   */
  int receive(byte[] bytes, int from, int end, Output out) throws IOException {
    int at = from;
    while (at < end && !isAsked()) {
      at =
          switch (state) {
            case TEXT -> text(bytes, at, end);
            case CODE -> code(bytes, at, out);
            case ARGUMENTS -> argument(bytes, at, out);
            case PAYLOAD -> payload(bytes, at, end, out);
          };
    }
    return at;
  }

  private int text(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != (byte) Plain.START) {
      at++;
    }
    if (at > from) {
      asked = 0;
      restart.other();
      journal.text(bytes, from, at - from);
    }
    if (at == end) {
      return at;
    }
    restart.isRestart(bytes[at]);
    state = State.CODE;
    return at + 1;
  }

  private int code(byte[] bytes, int at, Output out) throws IOException {
    restart.isRestart(bytes[at]);
    code = bytes[at] & 0xFF;
    argumentBytes = 0;
    if (code == Plain.questionCode(asked)) {
      asked++;
    } else {
      asked = 0;
    }
    if (Plain.argumentBytes(code) > 0) {
      state = State.ARGUMENTS;
    } else {
      state = State.TEXT;
      simpleCommand(out);
    }
    return at + 1;
  }

  private void simpleCommand(Output out) throws IOException {
    switch (code) {
      case Plain.INIT -> {
        init();
        out.put(Plain.START, Plain.INIT);
      }
      case Plain.PING -> out.put(Plain.START, Plain.PING);
      case Plain.INPUT_AVAILABLE -> {
        if (isReady("input available")) {
          out.putU32(input.available());
        }
      }
      case Plain.INPUT_PEEK -> {
        if (isReady("input peek")) {
          var one = new byte[1];
          if (input.peek(one, 0, 1) == 0) {
            out.put(0);
          } else {
            out.put(1, one[0]);
          }
        }
      }
      default -> {
        if (asked == 0) {
          journal.ignored("unknown command", "FF %02X".formatted(code));
        }
      }
    }
  }

  private boolean isReady(String command) {
    if (!initialised) {
      journal.ignored(command + " before init", "a device starts with init");
    }
    return initialised;
  }

  private int argument(byte[] bytes, int at, Output out) throws IOException {
    if (restart.isRestart(bytes[at])) {
      startOver(out);
      return at + 1;
    }
    arguments[argumentBytes++] = bytes[at];
    if (argumentBytes == Plain.argumentBytes(code)) {
      state = State.TEXT;
      command(LittleEndian.u32(arguments, 0), out);
    }
    return at + 1;
  }

  private void command(long first, Output out) throws IOException {
    long second = LittleEndian.u32(arguments, 4);
    switch (code) {
      case Plain.INIT_POOL -> initPool(first);
      case Plain.READ -> read(first, second, out);
      case Plain.WRITE -> startWrite(first, second);
      default -> inputRequest(first, out);
    }
  }

  private void initPool(long size) {
    if (!isReady("init pool")) {
      return;
    }
    dropPool();
    try {
      // A damaged init of a device that speaks the checked protocol asks for far too much.
      lender.check(size);
      poolWanted.run();
      pool = lender.lend(size);
      refused = false;
      journal.pool(size, false);
      journal.event(Kind.POOL, size + " bytes, plain protocol");
    } catch (StoreException e) {
      refused = true;
      journal.event(Kind.REFUSED, e.getMessage());
    }
  }

  private void read(long start, long size, Output out) throws IOException {
    if (!isReady("read") || !hasPool("read")) {
      return;
    }
    long poolSize = pool == null ? 0 : pool.size();
    if (size > poolSize && size > Plain.LARGEST_READ) {
      journal.ignored("read too large", size + " bytes of a pool of " + poolSize);
      return;
    }
    if (pool != null && !pool.contains(start, size)) {
      journal.ignored("read beyond the pool", size + " bytes at " + start + " of " + poolSize);
    }
    journal.reads.increment();
    journal.bytesRead.add(size);
    for (long done = 0; done < size; ) {
      int part = (int) Math.min(CHUNK, size - done);
      byte[] room = out.room(part);
      if (pool == null) {
        Arrays.fill(room, out.at(), out.at() + part, (byte) 0);
      } else if (!readPool(start + done, room, out.at(), part)) {
        return;
      }
      out.added(part);
      done += part;
    }
  }

  /** Reads, and after a failure answers nothing: a device that waits is better than a wrong one. */
  private boolean readPool(long start, byte[] target, int at, int length) {
    try {
      pool.read(start, target, at, length);
      return true;
    } catch (StoreException e) {
      poolFailed(e);
      return false;
    }
  }

  private void poolFailed(StoreException e) {
    journal.event(Kind.FAILED, "the device waits in vain from now on: " + e.getMessage());
    dropPool();
  }

  private boolean hasPool(String command) {
    if (pool == null && !refused) {
      journal.ignored(command + " without a pool", "the device has to start over");
    }
    return pool != null || refused;
  }

  private void startWrite(long start, long size) {
    offset = start;
    remaining = size;
    if (size > 0) {
      state = State.PAYLOAD;
    }
    if (isReady("write") && hasPool("write") && pool != null) {
      journal.writes.increment();
      if (!pool.contains(start, size)) {
        journal.ignored(
            "write beyond the pool", size + " bytes at " + start + " of " + pool.size());
      }
    }
  }

  private int payload(byte[] bytes, int from, int end, Output out) throws IOException {
    int stop = (int) Math.min(end, from + remaining);
    for (int at = from; at < stop && restart.isPure(); at++) {
      if (restart.isRestart(bytes[at])) {
        startOver(out);
        return at + 1;
      }
    }
    int count = stop - from;
    if (pool != null) {
      try {
        pool.write(offset, bytes, from, count);
      } catch (StoreException e) {
        poolFailed(e);
      }
      journal.bytesWritten.add(count);
    }
    offset += count;
    remaining -= count;
    if (remaining == 0) {
      state = State.TEXT;
    }
    return stop;
  }

  private void inputRequest(long most, Output out) throws IOException {
    if (!isReady("input request")) {
      return;
    }
    int count = (int) Math.min(most, input.available());
    out.putU32(count);
    for (int left = count; left > 0; ) {
      int part = Math.min(left, CHUNK);
      byte[] room = out.room(part);
      out.added(input.peek(room, out.at(), part));
      input.drop(part);
      left -= part;
    }
  }

  private void startOver(Output out) throws IOException {
    journal.event(Kind.RESTARTED, "the device started over inside a command");
    init();
    out.put(Plain.START, Plain.INIT);
  }
}
