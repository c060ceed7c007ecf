package dev.virtmem.cache;

import dev.virtmem.MemoryListener;
import dev.virtmem.policy.Policies;
import dev.virtmem.policy.ReplacementPolicy;
import dev.virtmem.store.BackingStore;

/** What a page cache is made of, each part made of those above it. */
final class CacheParts {
  final BackingStore store;
  final CacheSettings settings;
  final MemoryListener listener;
  final Counters counters = new Counters();
  final Frames frames;
  final PageTable table;
  final ReplacementPolicy policy;
  final LockBuffers lockBuffers;
  final FrameHolders holders;
  final Transfers transfers;
  final WriteBack writeBack;
  final ReadAhead readAhead;
  final Pager pager;
  final Locks locks;
  final Access access;

  /** The first address behind the last valid one: whole sectors only. */
  final long end;

  CacheParts(BackingStore store, CacheSettings settings) {
    this.store = store;
    this.settings = settings;
    listener = settings.listener();
    int extra = settings.sink();
    for (int size : settings.lockBuffers()) {
      extra += size;
    }
    frames = new Frames(settings.frames(), settings.pageSize(), extra);
    end = store.capacity() & -frames.sectorSize;
    table = new PageTable(frames, (end + frames.pageSize - 1) >>> frames.pageShift);
    policy = Policies.named(settings.policy(), frames.count);
    lockBuffers = new LockBuffers(frames, frames.base(frames.count), settings.lockBuffers());
    holders = new FrameHolders(frames);
    transfers = new Transfers(store, counters, listener, settings.timed());
    writeBack = new WriteBack(frames, table, transfers, counters, settings.maxWriteGap());
    readAhead = new ReadAhead(settings);
    pager = new Pager(this);
    locks = new Locks(this);
    access = new Access(this);
  }
}
