/**
 * Virtual memory over pluggable backing stores: start at {@link dev.virtmem.VirtualMemory}.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code heap:} and {@code file:}
 * @uses dev.virtmem.store.StoreProvider to open stores by their URI
 */
module dev.virtmem.core {
  requires jdk.jfr;

  exports dev.virtmem;
  exports dev.virtmem.alloc;
  exports dev.virtmem.persist;
  exports dev.virtmem.policy;
  exports dev.virtmem.store;
  exports dev.virtmem.struct;

  uses dev.virtmem.store.StoreProvider;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.store.HeapStoreProvider,
      dev.virtmem.store.FileStoreProvider;
}
