package dev.virtmem.cache;

import dev.virtmem.MemoryListener;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.TransferBuffer;

/** The one place where bytes leave for the store or come from it: counted, timed, and reported. */
final class Transfers {
  private final BackingStore store;
  private final Counters counters;
  private final MemoryListener listener;
  private final boolean timed;

  Transfers(BackingStore store, Counters counters, MemoryListener listener, boolean timed) {
    this.store = store;
    this.counters = counters;
    this.listener = listener;
    this.timed = timed;
  }

  void read(long offset, TransferBuffer target) {
    var event = new PageInEvent();
    event.begin();
    if (timed) {
      readTimed(offset, target);
    } else {
      store.read(offset, target);
    }
    counters.readTransfers++;
    counters.bytesRead += target.length();
    if (event.shouldCommit()) {
      event.address = offset;
      event.bytes = target.length();
      event.commit();
    }
    if (listener != null) {
      listener.pageIn(offset, target.length());
    }
  }

  void sync() {
    if (timed) {
      syncTimed();
    } else {
      store.sync();
    }
  }

  void write(long offset, TransferBuffer source) {
    var event = new WriteBackEvent();
    event.begin();
    if (timed) {
      writeTimed(offset, source);
    } else {
      store.write(offset, source);
    }
    counters.writeTransfers++;
    counters.bytesWritten += source.length();
    if (event.shouldCommit()) {
      event.address = offset;
      event.bytes = source.length();
      event.commit();
    }
    if (listener != null) {
      listener.writeBack(offset, source.length());
    }
  }

  private void readTimed(long offset, TransferBuffer target) {
    long begin = System.nanoTime();
    try {
      store.read(offset, target);
    } finally {
      counters.storeNanos += System.nanoTime() - begin;
    }
  }

  private void writeTimed(long offset, TransferBuffer source) {
    long begin = System.nanoTime();
    try {
      store.write(offset, source);
    } finally {
      counters.storeNanos += System.nanoTime() - begin;
    }
  }

  private void syncTimed() {
    long begin = System.nanoTime();
    try {
      store.sync();
    } finally {
      counters.storeNanos += System.nanoTime() - begin;
    }
  }
}
