/**
 * Models of devices that can be driven on any desktop.
 *
 * <p>Depends on {@code dev.virtmem.spiram} and {@code dev.virtmem.serial}, since a {@code sim:}
 * store is the real driver over a modelled chip, and a {@code sim-serial:} store both real ends of
 * a modelled line. No device module depends on this one.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code sim:} and {@code sim-serial:}
 */
module dev.virtmem.sim {
  requires transitive com.pi4j;
  requires transitive dev.virtmem.core;
  requires transitive dev.virtmem.serial;
  requires transitive dev.virtmem.spiram;

  exports dev.virtmem.sim;
  exports dev.virtmem.sim.replay;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.sim.SimStoreProvider,
      dev.virtmem.sim.SimSerialStoreProvider;
}
