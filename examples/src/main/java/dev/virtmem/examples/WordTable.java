package dev.virtmem.examples;

import dev.virtmem.PersistentPool;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.RecordWalker;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.ByteMember;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.LongMember;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;
import dev.virtmem.struct.Size;
import dev.virtmem.struct.ValueMember;

/**
 * The words of a text, each with all positions at which it occurs, in a pool. No collection on the
 * Java heap holds any of them.
 *
 * <p>Words are found through a hash table. The positions of a word are a stack of bytes: each one
 * is pushed as its distance from the one before, 7 bits a byte. What is on top of the stack is in
 * the word's record; the rest is in chunks, which are written once, so that the frames can be left
 * to the records.
 */
final class WordTable {
  /** What root 0 leads to; {@code done} bytes of the text are in the index. */
  record Root(@Size(200) String text, long done, int words, RecordPointer<Bucket> buckets) {}

  record Bucket(RecordPointer<Word> first) {}

  record Word(
      @Size(LETTERS) String letters,
      int hash,
      RecordPointer<Word> next,
      long last,
      int used,
      @Size(CHUNK) byte[] top,
      RecordPointer<Chunk> below) {}

  record Chunk(@Size(CHUNK) byte[] bytes, RecordPointer<Chunk> below) {}

  /** Bytes of a word that count. */
  static final int LETTERS = 24;

  private static final int CHUNK = 48;
  private static final int BUCKETS = 1 << 16;

  private final PersistentPool pool;
  private final VirtualMemory memory;
  private final RecordPointer<Root> root;
  private final RecordPointer<Bucket> buckets;
  private final RecordWalker<Word> word;

  private final PointerMember<Bucket, RecordPointer<Word>> first;
  private final PointerMember<Word, RecordPointer<Word>> next;
  private final PointerMember<Word, RecordPointer<Chunk>> below;
  private final ValueMember<Word, String> letters;
  private final ValueMember<Word, byte[]> bytes;
  private final ByteMember<Word> top;
  private final IntMember<Word> hash;
  private final IntMember<Word> used;
  private final LongMember<Word> last;
  private int words;

  /** Goes on with the index that the pool holds, or begins one. */
  WordTable(PersistentPool pool, String text) {
    this.pool = pool;
    this.memory = pool.memory();
    var pointerToWord = PointerType.record(Word.class);
    this.first = RecordType.of(Bucket.class, memory).pointerMember("first", pointerToWord);
    var type = RecordType.of(Word.class, memory);
    this.next = type.pointerMember("next", pointerToWord);
    this.below = type.pointerMember("below", PointerType.record(Chunk.class));
    this.letters = type.member("letters", String.class);
    this.bytes = type.member("top", byte[].class);
    this.top = type.byteMember("top");
    this.hash = type.intMember("hash");
    this.used = type.intMember("used");
    this.last = type.longMember("last");

    var found = pool.root(0).asRecords(Root.class);
    this.root = found.isNull() ? begin(text) : found;
    if (!root.get().text().equals(text)) {
      throw new IllegalArgumentException(
          "%s holds the words of %s, not of %s".formatted(pool, root.get().text(), text));
    }
    this.buckets = root.get().buckets();
    this.words = root.get().words();
    this.word = first.get(buckets).walker();
  }

  private RecordPointer<Root> begin(String text) {
    var empty = memory.allocate(Bucket.class, BUCKETS);
    empty.fill(BUCKETS, i -> new Bucket(null));
    var fresh = memory.allocate(new Root(text, 0, 0, empty));
    pool.setRoot(0, fresh);
    pool.commit();
    return fresh;
  }

  /** Returns up to where the text is in the index, in bytes. */
  long done() {
    return root.get().done();
  }

  /** Returns how many different words there are. */
  int words() {
    return words;
  }

  /** Makes the index durable; it goes on from here if the program is killed later. */
  void commit(long done) {
    root.set(new Root(root.get().text(), done, words, buckets));
    pool.commit();
  }

  /** Adds a word at a position after all that were added before. */
  void add(String found, long position) {
    if (!moveTo(found)) {
      int code = found.hashCode();
      long bucket = code & BUCKETS - 1;
      var rest = first.get(buckets.plus(bucket));
      var added = memory.allocate(new Word(found, code, rest, 0, 0, new byte[CHUNK], null));
      first.set(buckets.plus(bucket), added);
      word.moveTo(added);
      words++;
    }
    push(position - last.get(word));
    last.set(word, position);
  }

  /** Finds a word's positions, the last one first. */
  Occurrences find(String wanted) {
    var found = Occurrences.NONE;
    if (moveTo(wanted)) {
      var stack = new Stack(word.get());
      for (long position = last.get(word); !stack.isEmpty(); position -= stack.pop()) {
        found = found.and(position);
      }
    }
    return found;
  }

  /** Goes to the record of a word; to null if there is none. */
  private boolean moveTo(String wanted) {
    int code = wanted.hashCode();
    word.moveTo(first.get(buckets.plus(code & BUCKETS - 1)));
    while (!word.isNull() && !(hash.get(word) == code && letters.get(word).equals(wanted))) {
      word.follow(next);
    }
    return !word.isNull();
  }

  /** Pushes a number so that its low 7 bits are on top; a byte below 0 says that more follow. */
  private void push(long number) {
    if (number < 128) {
      pushByte((byte) number);
    } else {
      push(number >>> 7);
      pushByte((byte) (number | 128));
    }
  }

  private void pushByte(byte value) {
    int at = used.get(word);
    if (at == CHUNK) {
      below.set(word, memory.allocate(new Chunk(bytes.get(word), below.get(word))));
      at = 0;
    }
    top.set(word, at, value);
    used.set(word, at + 1);
  }

  /** Takes a word's bytes down from the top, without changing them in the pool. */
  private static final class Stack {
    private byte[] bytes;
    private int at;
    private RecordPointer<Chunk> below;

    Stack(Word word) {
      this.bytes = word.top();
      this.at = word.used();
      this.below = word.below();
    }

    boolean isEmpty() {
      return at == 0 && below.isNull();
    }

    long pop() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte value = popByte();
        number |= (value & 127L) << shift;
        if (value >= 0) {
          return number;
        }
      }
    }

    private byte popByte() {
      if (at == 0) {
        Chunk chunk = below.get();
        bytes = chunk.bytes();
        at = CHUNK;
        below = chunk.below();
      }
      return bytes[--at];
    }
  }
}
