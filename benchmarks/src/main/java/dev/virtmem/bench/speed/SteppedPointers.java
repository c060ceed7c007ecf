package dev.virtmem.bench.speed;

import dev.virtmem.IntPointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;
import org.openjdk.jmh.annotations.Benchmark;

/** Cursors, pointers that are stepped, members and records, against a bare page table. */
public class SteppedPointers extends Hits {
  private static final int RECORDS = ACCESSES / 4;

  /** A record of 16 bytes in a pool of 32-bit addresses. */
  record Item(int key, int value, RecordPointer<Item> next, int other) {}

  private IntPointer pointer;
  private RecordPointer<Item> items;
  private IntMember<Item> key;
  private PointerMember<Item, RecordPointer<Item>> next;
  private int itemCount;

  /** Creates the state. */
  public SteppedPointers() {
    super(Integer.BYTES);
  }

  @Override
  void prepare() {
    pointer = new IntPointer(memory, first);
    var type = RecordType.of(Item.class, memory);
    items = new RecordPointer<>(memory, first, type);
    key = type.intMember("key");
    next = type.pointerMember("next", PointerType.record(Item.class));
    itemCount = Math.min(RECORDS, count / 4);
    for (int i = 0; i < itemCount; i++) {
      items.set(i, new Item(i, i, items.plus((i + 1) % itemCount), i));
    }
  }

  /**
   * Reads ints by a cursor.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "cursor, int get",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential",
      atMost = 2,
      allocationFree = true)
  public int cursorGet() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      var cursor = pointer.cursor(count);
      while (cursor.next()) {
        sum += cursor.get();
      }
    }
    return sum;
  }

  /** Writes ints by a cursor. */
  @Benchmark
  @Compare(
      what = "cursor, int set",
      operations = ACCESSES,
      to = "IntHits.bareSetSequential",
      atMost = 2,
      allocationFree = true)
  public void cursorSet() {
    for (int done = 0; done < ACCESSES; done += count) {
      var cursor = pointer.cursor(count);
      while (cursor.next()) {
        cursor.set(done);
      }
    }
  }

  /**
   * Reads ints by a pointer to each in turn.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "for (p : q.elements(n)), int get",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential",
      atMost = 2,
      allocationFree = true)
  public int elementsGet() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (IntPointer at : pointer.elements(count)) {
        sum += at.get();
      }
    }
    return sum;
  }

  /**
   * Reads ints by a pointer that is replaced by the next one.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "(p = p.plus(1), int get)",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential")
  public int steppedGet() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      IntPointer at = pointer;
      for (int i = 0; i < count; i++) {
        sum += at.get();
        at = at.plus(1);
      }
    }
    return sum;
  }

  /**
   * Reads ints by a pointer of its own for each.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "p.plus(i).get(), int",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential",
      atMost = 2,
      allocationFree = true)
  public int plusGet() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += pointer.plus(i).get();
      }
    }
    return sum;
  }

  /**
   * Reads a member of each record by a cursor.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "member get, by a cursor",
      operations = RECORDS,
      to = "bareMemberGet",
      atMost = 2,
      allocationFree = true)
  public int memberGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      var cursor = items.cursor(itemCount);
      while (cursor.next()) {
        sum += key.get(cursor);
      }
    }
    return sum;
  }

  /**
   * Reads a member of each record by a pointer to each in turn.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "for (p : q.elements(n)), member get",
      operations = RECORDS,
      to = "bareMemberGet",
      atMost = 2,
      allocationFree = true)
  public int memberElementsGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      for (RecordPointer<Item> at : items.elements(itemCount)) {
        sum += key.get(at);
      }
    }
    return sum;
  }

  /**
   * Reads a member of each record by a pointer that is replaced by the next one.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "(p = p.plus(1), member get)", operations = RECORDS, to = "bareMemberGet")
  public int memberSteppedGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      RecordPointer<Item> at = items;
      for (int i = 0; i < itemCount; i++) {
        sum += key.get(at);
        at = at.plus(1);
      }
    }
    return sum;
  }

  /**
   * Reads through a pointer to a member of each record.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "pointer to a member, get",
      operations = RECORDS,
      to = "bareMemberGet",
      atMost = 2,
      allocationFree = true)
  public int memberPointerGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      var cursor = items.cursor(itemCount);
      while (cursor.next()) {
        sum += key.of(cursor).get();
      }
    }
    return sum;
  }

  /** Writes a member of each record by a cursor. */
  @Benchmark
  @Compare(
      what = "member set, by a cursor",
      operations = RECORDS,
      to = "bareMemberSet",
      atMost = 2,
      allocationFree = true)
  public void memberSet() {
    for (int done = 0; done < RECORDS; done += itemCount) {
      var cursor = items.cursor(itemCount);
      while (cursor.next()) {
        key.set(cursor, done);
      }
    }
  }

  /**
   * Follows the ring of records.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "list walked: member get and follow", operations = RECORDS, allocationFree = true)
  public int walk() {
    int sum = 0;
    var at = items.walker();
    for (int i = 0; i < RECORDS; i++) {
      sum += key.get(at);
      at.follow(next);
    }
    return sum;
  }

  /**
   * Reads whole records.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "record of 16 bytes, get", operations = RECORDS)
  public int recordGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      for (int i = 0; i < itemCount; i++) {
        Item item = items.get(i);
        sum += item.key() + item.other();
      }
    }
    return sum;
  }

  /** Writes whole records. */
  @Benchmark
  @Compare(what = "record of 16 bytes, set", operations = RECORDS)
  public void recordSet() {
    for (int done = 0; done < RECORDS; done += itemCount) {
      for (int i = 0; i < itemCount; i++) {
        items.set(i, new Item(done, i, items, i));
      }
    }
  }

  /**
   * Reads every fourth int without a memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public int bareMemberGet() {
    int sum = 0;
    for (int done = 0; done < RECORDS; done += itemCount) {
      for (int i = 0; i < itemCount; i++) {
        sum += bare.getInt(first + i * 16L);
      }
    }
    return sum;
  }

  /** Writes every fourth int without a memory. */
  @Benchmark
  public void bareMemberSet() {
    for (int done = 0; done < RECORDS; done += itemCount) {
      for (int i = 0; i < itemCount; i++) {
        bare.setInt(first + i * 16L, done);
      }
    }
  }
}
