/**
 * Models of devices that can be driven on any desktop.
 *
 * <p>Depends on {@code dev.virtmem.spiram}, since a {@code sim:} store is the real driver over a
 * modelled chip. No device module depends on this one.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code sim:}
 */
module dev.virtmem.sim {
  requires transitive com.pi4j;
  requires transitive dev.virtmem.core;
  requires transitive dev.virtmem.spiram;

  exports dev.virtmem.sim;
  exports dev.virtmem.sim.replay;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.sim.SimStoreProvider;
}
