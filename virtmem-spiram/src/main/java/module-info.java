/**
 * SPI memory chips as backing stores, through Pi4J: start at {@link
 * dev.virtmem.spiram.SpiRamStore}.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code spi:}
 */
module dev.virtmem.spiram {
  requires transitive com.pi4j;
  requires transitive dev.virtmem.core;

  exports dev.virtmem.spiram;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.spiram.SpiRamStoreProvider;
}
