/**
 * Pool files on memory cards: start at {@link dev.virtmem.sdcard.CardStore}.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code sd:}
 */
module dev.virtmem.sdcard {
  requires transitive dev.virtmem.core;
  requires jdk.unsupported;

  exports dev.virtmem.sdcard;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.sdcard.CardStoreProvider;
}
