package dev.virtmem;

import dev.virtmem.struct.RecordType;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A pointer to records. {@link #get()} and {@link #set} move a whole record in one access; single
 * members are reached by name here, or quicker by a {@link dev.virtmem.struct.Member} that {@link
 * RecordType} resolves once.
 *
 * @param <T> the record
 */
public final class RecordPointer<T extends Record> extends TypedPointer<RecordPointer<T>>
    implements RecordReference<T> {
  private final RecordType<T> type;

  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @param type how the records are laid out
   * @throws IllegalArgumentException if the address is negative, or the type was laid out for
   *     pointers of another size than the memory's
   */
  public RecordPointer(Memory memory, long address, RecordType<T> type) {
    this(type, memory, address);
    type.checkFits(memory);
  }

  /** Creates a pointer of a type that is known to fit. */
  RecordPointer(RecordType<T> type, Memory memory, long address) {
    super(memory, address);
    this.type = type;
  }

  private RecordPointer(long address, Memory memory, RecordType<T> type) {
    super(address, memory);
    this.type = type;
  }

  /**
   * Reads the record pointed to.
   *
   * @return the record
   * @throws IllegalStateException if the bytes there are no such record
   */
  public T get() {
    return type.read(memory, address);
  }

  /**
   * Writes the record pointed to.
   *
   * @param value the record
   * @throws IllegalArgumentException if a member does not fit, see {@link RecordType#write}
   */
  public void set(T value) {
    type.write(memory, address, value);
  }

  /**
   * Reads a record.
   *
   * @param index which record, counted from here; may be negative
   * @return the record
   * @throws IllegalStateException if the bytes there are no such record
   */
  public T get(long index) {
    return type.read(memory, addressOf(index));
  }

  /**
   * Writes a record.
   *
   * @param index which record, counted from here; may be negative
   * @param value the record
   * @throws IllegalArgumentException if a member does not fit, see {@link RecordType#write}
   */
  public void set(long index, T value) {
    type.write(memory, addressOf(index), value);
  }

  /**
   * Constructs an array: writes records from here on, the first one first. If {@code constructor}
   * throws, the records before stay written.
   *
   * @param count how many, at least 0
   * @param constructor gives the record for each index
   */
  public void fill(long count, LongFunction<? extends T> constructor) {
    Cursor<T> cursor = cursor(count);
    for (long i = 0; cursor.next(); i++) {
      cursor.set(constructor.apply(i));
    }
  }

  /**
   * Reads records from here on, the first one first.
   *
   * @param count how many, at least 0
   * @param action is handed each record
   */
  public void forEach(long count, Consumer<? super T> action) {
    Cursor<T> cursor = cursor(count);
    while (cursor.next()) {
      action.accept(cursor.get());
    }
  }

  /**
   * Destroys an array: reads records from here on, the last one first, in the reverse of the order
   * of {@link #fill}, so that what they own can be released before their bytes are.
   *
   * @param count how many, at least 0
   * @param destructor is handed each record
   * @throws IllegalArgumentException if the count is negative
   */
  public void destroy(long count, Consumer<? super T> destructor) {
    if (count < 0) {
      throw new IllegalArgumentException("a count must be at least 0, got " + count);
    }
    for (long i = count - 1; i >= 0; i--) {
      destructor.accept(get(i));
    }
  }

  /**
   * Points to a {@code byte} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public BytePointer byteMember(String path) {
    return type.byteMember(path).of(this);
  }

  /**
   * Points to a {@code boolean} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public BooleanPointer booleanMember(String path) {
    return type.booleanMember(path).of(this);
  }

  /**
   * Points to a {@code short} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public ShortPointer shortMember(String path) {
    return type.shortMember(path).of(this);
  }

  /**
   * Points to a {@code char} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public CharPointer charMember(String path) {
    return type.charMember(path).of(this);
  }

  /**
   * Points to an {@code int} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public IntPointer intMember(String path) {
    return type.intMember(path).of(this);
  }

  /**
   * Points to a {@code long} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public LongPointer longMember(String path) {
    return type.longMember(path).of(this);
  }

  /**
   * Points to a {@code float} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public FloatPointer floatMember(String path) {
    return type.floatMember(path).of(this);
  }

  /**
   * Points to a {@code double} member, or to the first of an array of them.
   *
   * @param path the member, see {@link RecordType}
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public DoublePointer doubleMember(String path) {
    return type.doubleMember(path).of(this);
  }

  /**
   * Points to a record inside of this one, or to the first of an array of them.
   *
   * @param <R> the inner record
   * @param path the member, see {@link RecordType}
   * @param record the inner record's class
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public <R extends Record> RecordPointer<R> recordMember(String path, Class<R> record) {
    return type.recordMember(path, record).of(this);
  }

  /**
   * Points to a pointer inside of this record, or to the first of an array of them.
   *
   * @param <P> the class of the stored pointer
   * @param path the member, see {@link RecordType}
   * @param target what the stored pointer points to
   * @return the member pointer
   * @throws IllegalArgumentException if there is no such member
   */
  public <P extends Pointer> PointerPointer<P> pointerMember(String path, PointerType<P> target) {
    return type.pointerMember(path, target).of(this);
  }

  /**
   * Returns a cursor over records from here on.
   *
   * @param count how many records it visits, at least 0
   * @return a cursor before the first one
   * @throws IllegalArgumentException if the count is negative
   */
  public Cursor<T> cursor(long count) {
    return new Cursor<>(this, count);
  }

  /**
   * Returns a walker that starts here.
   *
   * @return a walker at this record
   */
  public RecordWalker<T> walker() {
    return new RecordWalker<>(this);
  }

  @Override
  public RecordType<T> recordType() {
    return type;
  }

  @Override
  public Iterable<RecordPointer<T>> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<RecordPointer<T>> iterator() {
        return new Steps<>(this) {
          @Override
          public RecordPointer<T> next() {
            return new RecordPointer<>(advance(), memory, type);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return type.size();
  }

  @Override
  public PointerType<RecordPointer<T>> type() {
    return PointerType.record(type.recordClass());
  }

  @Override
  RecordPointer<T> at(long newAddress) {
    return new RecordPointer<>(newAddress, memory, type);
  }

  /**
   * Steps through records; members can be read from and written to the current one.
   *
   * @param <T> the record
   */
  public static final class Cursor<T extends Record> extends PointerCursor
      implements RecordReference<T> {
    private final RecordType<T> type;

    private Cursor(RecordPointer<T> first, long count) {
      super(first, count);
      this.type = first.type;
    }

    /**
     * Reads the current record.
     *
     * @return the record
     * @throws IllegalStateException if the bytes there are no such record
     */
    public T get() {
      return type.read(memory, address);
    }

    /**
     * Writes the current record.
     *
     * @param value the record
     * @throws IllegalArgumentException if a member does not fit, see {@link RecordType#write}
     */
    public void set(T value) {
      type.write(memory, address, value);
    }

    @Override
    public RecordType<T> recordType() {
      return type;
    }
  }
}
