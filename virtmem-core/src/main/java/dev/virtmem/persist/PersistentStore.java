package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A store that is, whenever the power is cut, as it was at its last {@link #commit}. It lies on any
 * other store that keeps its bytes, and relies on nothing but that what was written before a {@link
 * BackingStore#sync() sync} is there after a cut.
 *
 * <p>What is written goes to places that the last commit does not need; a commit is a header that
 * leads to the new places. So a commit of k changed pages writes k pages, at most k tables and two
 * headers, each once. Every page is verified when it is read. Pages that were never written are
 * zeros.
 *
 * <p>{@link #sync()} makes nothing durable: only a commit does. A store that is closed without one
 * gives up what was written since the last. After a sync or the write of a header failed, the store
 * refuses writes and commits: opened again, it is as of the last commit, or the one that failed.
 *
 * <p>RAM, next to a few objects: a page, up to 8 tables of a page each, up to 64 KiB of pages that
 * wait to be written, half as much of pages that were read, and 2 bits for each page of the pool.
 */
public final class PersistentStore implements BackingStore {
  /** How many addresses a program may leave in a pool. */
  public static final int ROOTS = PoolHeader.ROOTS;

  /** As many tables as are kept in RAM. */
  static final int MOST_TABLES = 8;

  private static final byte[] ZEROS = new byte[PoolShape.MIN_PAGE];

  private final BackingStore store;
  private final boolean readOnly;
  private final PoolShape shape;
  private final PoolBuffers buffers;
  private final PlaceMap places;
  private final PageTables tables;
  private final WriteBuffer waiting;
  private final PageReader reader;
  private final TransferCost cost;
  private final StoreState state;
  private final long[] roots;
  private PoolHeader header;
  private boolean changed;
  private boolean secondIsDue;
  private List<String> damages = List.of();
  private Throwable failure;

  private PersistentStore(BackingStore store, PoolHeader header, boolean readOnly) {
    this.store = store;
    this.readOnly = readOnly;
    this.header = header;
    this.shape = header.shape();
    this.roots = header.roots().clone();
    var checksums = new Checksums(header.id());
    buffers = new PoolBuffers(shape);
    places = new PlaceMap(shape, header.next());
    tables = new PageTables(store, buffers, places, checksums, header.tables().clone());
    waiting = new WriteBuffer(store, buffers, places, tables, checksums);
    reader = new PageReader(store, buffers, tables, checksums);
    state = new StoreState(this, shape.capacity());
    var below = store.cost();
    cost =
        new TransferCost(
            below.readNanos(),
            below.readNanosPerByte(),
            below.writeNanos(),
            below.writeNanosPerByte(),
            Math.max(below.unit(), shape.pageSize()));
  }

  /**
   * Makes a store an empty pool, whatever it held. A power cut leaves what was there before, or the
   * empty pool, or neither if there was no pool before.
   *
   * @param store the store below; the pool owns it from now on, unless this fails
   * @param shape how to divide it, for this capacity
   * @return the open pool, as of commit 0
   * @throws IllegalArgumentException if the shape does not fit the store
   * @throws StoreException if the store fails
   */
  public static PersistentStore create(BackingStore store, PoolShape shape) {
    if (store.capacity() / shape.pageSize() != shape.pages()) {
      throw new IllegalArgumentException(
          "%s has %d bytes, but the pool would take %d"
              .formatted(store, store.capacity(), shape.storeBytes()));
    }
    long id = new SecureRandom().nextLong();
    var header =
        new PoolHeader(id, 0, shape, 1, null, new long[PoolHeader.ROOTS], new long[shape.tables()]);
    var pool = new PersistentStore(store, header, false);
    header.encode(pool.buffers.memory, pool.buffers.header());
    pool.writeHeader(pool.secondOffset());
    store.sync();
    pool.writeHeader(0);
    store.sync();
    return pool;
  }

  /**
   * Opens the pool on a store, or makes the store an empty pool if it is blank: nothing but zeros
   * in its first and its last 64 KiB. A store that is a pool already is returned as it is.
   *
   * @param store the store; the pool owns it from now on, unless this fails
   * @return the open pool
   * @throws PoolFormatException if the store holds something else, or a pool of another size
   * @throws IllegalArgumentException if it is blank and too small for a pool
   * @throws StoreException if the store fails
   */
  public static PersistentStore of(BackingStore store) {
    if (store instanceof PersistentStore pool) {
      return pool;
    }
    return Headers.isBlank(store) ? create(store, PoolShape.of(store.capacity())) : open(store);
  }

  /**
   * Opens a pool as of its last commit. If one of its two headers is damaged or old, as a power cut
   * may leave it, it is written again. If a table is damaged, the pool can be read, but not
   * written.
   *
   * @param store the store below; the pool owns it from now on, unless this fails
   * @return the open pool
   * @throws PoolFormatException if the store holds no pool, or it has another size than the pool
   * @throws StoreException if the store fails
   */
  public static PersistentStore open(BackingStore store) {
    return open(store, false);
  }

  /**
   * Opens a pool as of its last commit, for reading. The store is not written to.
   *
   * @param store the store below; the pool owns it from now on, unless this fails
   * @return the open pool
   * @throws PoolFormatException if the store holds no pool, or it has another size than the pool
   * @throws StoreException if the store fails
   */
  public static PersistentStore openReadOnly(BackingStore store) {
    return open(store, true);
  }

  private static PersistentStore open(BackingStore store, boolean readOnly) {
    Headers headers = Headers.read(store);
    var pool = new PersistentStore(store, headers.current(), readOnly);
    pool.damages = new PlaceScan(pool.shape, pool.places, pool.tables).run();
    if (!readOnly && pool.damages.isEmpty()) {
      pool.repair(headers);
    }
    return pool;
  }

  private void repair(Headers headers) {
    header.encode(buffers.memory, buffers.header());
    if (!headers.firstIsCurrent()) {
      writeHeader(0);
      store.sync();
    }
    if (!headers.secondIsCurrent()) {
      writeHeader(secondOffset());
      store.sync();
    }
  }

  private long secondOffset() {
    return shape.offset(shape.pages() - 1);
  }

  private void writeHeader(long offset) {
    store.write(offset, buffers.memory, buffers.header(), shape.pageSize());
  }

  @Override
  public long capacity() {
    return shape.capacity();
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    int last = (int) ((offset + target.length() - 1) / shape.pageSize());
    for (int done = 0; done < target.length(); ) {
      int page = (int) ((offset + done) / shape.pageSize());
      int in = (int) ((offset + done) % shape.pageSize());
      int length = Math.min(shape.pageSize() - in, target.length() - done);
      int at = waiting.find(page);
      if (at == WriteBuffer.NONE) {
        at = reader.read(page, last);
      }
      if (at == PageReader.NONE) {
        putZeros(target, done, length);
      } else {
        target.put(done, buffers.memory, at + in, length);
      }
      done += length;
    }
  }

  private static void putZeros(TransferBuffer target, int position, int length) {
    for (int done = 0; done < length; done += ZEROS.length) {
      target.put(position + done, ZEROS, 0, Math.min(ZEROS.length, length - done));
    }
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    if (source.length() == 0) {
      return;
    }
    checkWritable();
    changed = true;
    for (int done = 0; done < source.length(); ) {
      int page = (int) ((offset + done) / shape.pageSize());
      int in = (int) ((offset + done) % shape.pageSize());
      int length = Math.min(shape.pageSize() - in, source.length() - done);
      int at = waiting.find(page);
      if (at == WriteBuffer.NONE) {
        at = makeRoom(page, length);
        source.get(done, buffers.memory, at + in, length);
        waiting.add(page);
      } else {
        source.get(done, buffers.memory, at + in, length);
      }
      done += length;
    }
  }

  /** Finds room for a page that is changed, and brings in what it holds if that is not replaced. */
  private int makeRoom(int page, int replaced) {
    if (waiting.full()) {
      reader.forget();
      waiting.write();
    }
    if (room() < 1) {
      throw new CommitTooLargeException(
          "the changes since commit %d need more than the %d spare pages of %s: commit more often, or create the pool with more to spare"
              .formatted(header.commit(), shape.spare(), this));
    }
    int room = waiting.room();
    if (replaced < shape.pageSize()) {
      int from = reader.read(page, page);
      if (from == PageReader.NONE) {
        Arrays.fill(buffers.memory, room, room + shape.pageSize(), (byte) 0);
      } else {
        System.arraycopy(buffers.memory, from, buffers.memory, room, shape.pageSize());
      }
    }
    return room;
  }

  /**
   * Returns how many more pages can be changed before the next commit. When it is used up, writes
   * throw {@link CommitTooLargeException}. It counts pages that are neighbours: in a pool of more
   * than 8 tables each table that the changes reach may take one more, so changes all over the pool
   * use up to twice as much.
   *
   * @return pages, maybe negative just before a commit
   */
  public int room() {
    return places.free() - waiting.count() - reserve();
  }

  /** Tables that changed go to new places as well, at the latest at the commit. */
  private int reserve() {
    return 1 + Math.min(shape.tables(), buffers.tables + buffers.waiting);
  }

  private void checkWritable() {
    if (readOnly) {
      throw new StoreException(this + " is open for reading only");
    }
    if (!damages.isEmpty()) {
      throw new StoreException(
          this + " can only be read, since it is damaged: " + damages.getFirst());
    }
    if (failure != null) {
      throw new StoreException(
          "%s must be opened again since a commit failed: %s".formatted(this, failure.getMessage()),
          failure);
    }
  }

  /**
   * Makes everything that was written since the last commit durable, all of it or nothing, together
   * with the roots and the state of the heap. Writes nothing if nothing changed.
   *
   * @param heap the state of the heap, or null if there is none
   * @return the number of this commit; of the last one if nothing changed
   * @throws StoreException if the store fails. If it fails in writing pages, the commit may be
   *     repeated. If it fails in a sync or a header, the commit may or may not have taken place, as
   *     shows when the pool is opened again
   */
  public long commit(HeapState heap) {
    state.checkOpen();
    checkWritable();
    if (!changed && Objects.equals(heap, header.heap()) && Arrays.equals(roots, header.roots())) {
      return header.commit();
    }
    reader.forget();
    writeSecondIfDue();
    waiting.write();
    tables.writeAll();
    var next =
        new PoolHeader(
            header.id(),
            header.commit() + 1,
            shape,
            places.next(),
            heap,
            roots.clone(),
            tables.root().clone());
    publish(next);
    writeSecondIfDue();
    return header.commit();
  }

  private void publish(PoolHeader next) {
    try {
      store.sync();
      next.encode(buffers.memory, buffers.header());
      writeHeader(0);
      store.sync();
    } catch (RuntimeException e) {
      failure = e;
      throw new StoreException(
          "commit %d of %s failed, opening it again will show whether it took place: %s"
              .formatted(next.commit(), this, e.getMessage()),
          e);
    } catch (Error e) {
      // The header may be under way all the same.
      failure = e;
      throw e;
    }
    header = next;
    places.commit();
    changed = false;
    secondIsDue = true;
  }

  /** The sync of the next commit makes it durable, before the first header is written again. */
  private void writeSecondIfDue() {
    if (!secondIsDue) {
      return;
    }
    try {
      writeHeader(secondOffset());
    } catch (StoreException e) {
      throw new StoreException(
          "commit %d of %s is durable, but its second header could not be written: %s"
              .formatted(header.commit(), this, e.getMessage()),
          e);
    }
    secondIsDue = false;
  }

  /**
   * Does not make anything durable: {@link #commit} does.
   *
   * @throws StoreException if the store is closed
   */
  @Override
  public void sync() {
    state.checkOpen();
  }

  @Override
  public TransferCost cost() {
    return cost;
  }

  /** Closes the store below. What was written since the last commit is given up. */
  @Override
  public void close() {
    state.close();
    store.close();
  }

  /**
   * Returns an address that the program left to find its data again.
   *
   * @param index which, 0 to 15
   * @return the address, 0 if none was set
   * @throws IndexOutOfBoundsException if there is no such root
   */
  public long root(int index) {
    return roots[Objects.checkIndex(index, roots.length)];
  }

  /**
   * Leaves an address for the program to find its data again. Durable with the next commit.
   *
   * @param index which, 0 to 15
   * @param address the address, 0 for none
   * @throws IndexOutOfBoundsException if there is no such root
   */
  public void setRoot(int index, long address) {
    roots[Objects.checkIndex(index, roots.length)] = address;
  }

  /**
   * Returns the state of the heap at the last commit.
   *
   * @return the state, or null if there was no heap
   */
  public HeapState heap() {
    return header.heap();
  }

  /**
   * Returns the number of the last commit.
   *
   * @return 0 for a pool that was just created
   */
  public long commitNumber() {
    return header.commit();
  }

  /**
   * Returns how the store is divided.
   *
   * @return the shape
   */
  public PoolShape shape() {
    return shape;
  }

  /**
   * Returns how many places hold a page or a table, of the last commit or since.
   *
   * @return places of one page each
   */
  public int usedPlaces() {
    return shape.pages() - 2 - places.free();
  }

  /**
   * Tells whether a place holds a page or a table, of the last commit or since.
   *
   * @param place its number, from 1; the places end before the last page of the store
   * @return false if it is free
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public boolean isUsed(int place) {
    return !places.isFree(1 + Objects.checkIndex(place - 1, shape.pages() - 2));
  }

  /**
   * Tells whether a page of data was ever written, so that it takes a place.
   *
   * @param page its number, from 0
   * @return false if it is zeros and takes none
   * @throws StoreException if its table cannot be read
   */
  public boolean isWritten(int page) {
    Objects.checkIndex(page, shape.dataPages());
    return waiting.find(page) != WriteBuffer.NONE || tables.entry(page) != Entry.NONE;
  }

  /** Returns what was found to be wrong with the tables when this pool was opened. */
  List<String> damages() {
    return damages;
  }

  /**
   * Returns the RAM of this store's buffers and maps.
   *
   * @return bytes
   */
  public long ramBytes() {
    return buffers.memory.length
        + places.ramBytes()
        + 2L * Long.BYTES * shape.tables()
        + 32L * PoolHeader.ROOTS;
  }

  @Override
  public String toString() {
    return "pool on " + store;
  }
}
