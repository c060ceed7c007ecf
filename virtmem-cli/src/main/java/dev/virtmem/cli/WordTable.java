package dev.virtmem.cli;

import dev.virtmem.BytePointer;
import dev.virtmem.MemoryFunctions;
import dev.virtmem.PointerPointer;
import dev.virtmem.PointerType;
import dev.virtmem.PoolExhaustedException;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.RecordType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Counts words in a hash table that lies in virtual memory as a whole: an array of pointers, chains
 * of records, and the bytes of each word behind its record, in the same block. So a word that was
 * seen before costs a pointer and, most often, one page.
 *
 * <pre>
 *   buckets  | * | 0 | * | 0 | ...
 *              |
 *              +-> | count | next | length | bytes ... |
 *                             |
 *                             +-> | count | next | ...
 * </pre>
 *
 * The array grows to four times its size when there are as many words as buckets.
 */
final class WordTable {
  private static final PointerType<RecordPointer<Word>> WORD = PointerType.record(Word.class);
  private static final int FIRST_BUCKETS = 128;
  private static final int GROWTH = 4;

  private final VirtualMemory memory;
  private final RecordType<Word> type;
  private final IntMember<Word> count;
  private PointerPointer<RecordPointer<Word>> buckets;
  private int size;
  private int growAt;
  private int distinct;
  private long words;

  /** A word; as many bytes of UTF-8 as {@code length} says, taken as unsigned, follow it. */
  record Word(int count, RecordPointer<Word> next, byte length) {}

  /** Sees each word. */
  interface Visitor {
    void visit(RecordPointer<Word> at, Word word);
  }

  WordTable(VirtualMemory memory) {
    this.memory = memory;
    type = RecordType.of(Word.class, memory);
    count = type.intMember("count");
    size = FIRST_BUCKETS;
    growAt = size;
    buckets = newBuckets(size);
  }

  /**
   * Counts a word.
   *
   * @param word at most 255 bytes in UTF-8
   * @throws PoolExhaustedException if it is a new word, and there is no room for it
   */
  void add(String word) {
    byte[] text = word.getBytes(StandardCharsets.UTF_8);
    PointerPointer<RecordPointer<Word>> bucket = bucket(word);
    RecordPointer<Word> first = bucket.get();
    for (RecordPointer<Word> at = first; !at.isNull(); ) {
      Word found = at.get();
      if (hasText(at, found, text)) {
        count.set(at, found.count() + 1);
        words++;
        return;
      }
      at = found.next();
    }
    bucket.set(store(new Word(1, first, (byte) text.length), text));
    words++;
    if (++distinct >= growAt) {
      grow();
    }
  }

  private PointerPointer<RecordPointer<Word>> bucket(String word) {
    int hash = word.hashCode();
    return buckets.plus((hash ^ hash >>> 16) & (size - 1));
  }

  private boolean hasText(RecordPointer<Word> at, Word word, byte[] text) {
    return Byte.toUnsignedInt(word.length()) == text.length
        && MemoryFunctions.mismatch(textOf(at), MemorySegment.ofArray(text)) < 0;
  }

  private RecordPointer<Word> store(Word word, byte[] text) {
    RecordPointer<Word> at = memory.allocate(type.size() + text.length).as(WORD);
    at.set(word);
    textOf(at).set(0, text, 0, text.length);
    return at;
  }

  private static BytePointer textOf(RecordPointer<Word> at) {
    return at.plus(1).asBytes();
  }

  private PointerPointer<RecordPointer<Word>> newBuckets(int count) {
    var array = memory.allocate(PointerType.pointer(WORD), count);
    MemoryFunctions.fill(array, (long) count * memory.pointerBytes(), (byte) 0);
    return array;
  }

  private void grow() {
    PointerPointer<RecordPointer<Word>> old = buckets;
    int oldSize = size;
    try {
      buckets = newBuckets(GROWTH * oldSize);
    } catch (PoolExhaustedException e) {
      // Longer chains are slower, but there may still be room for words.
      growAt = Integer.MAX_VALUE;
      return;
    }
    size = GROWTH * oldSize;
    growAt = size < 1 << 28 ? size : Integer.MAX_VALUE;
    var next = type.pointerMember("next", WORD);
    for (int i = 0; i < oldSize; i++) {
      for (RecordPointer<Word> at = old.get(i); !at.isNull(); ) {
        Word word = at.get();
        PointerPointer<RecordPointer<Word>> bucket = bucket(text(at, word));
        next.set(at, bucket.get());
        bucket.set(at);
        at = word.next();
      }
    }
    memory.free(old);
  }

  /** Visits all words, in no particular order. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      for (RecordPointer<Word> at = buckets.get(i); !at.isNull(); ) {
        Word word = at.get();
        visitor.visit(at, word);
        at = word.next();
      }
    }
  }

  /** Reads the text of a word. */
  static String text(RecordPointer<Word> at, Word word) {
    var bytes = new byte[Byte.toUnsignedInt(word.length())];
    textOf(at).get(0, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the number of words counted. */
  long words() {
    return words;
  }

  /** Returns the number of different words. */
  int distinct() {
    return distinct;
  }
}
