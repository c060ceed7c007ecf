/**
 * The RAM of another computer at the other end of a serial line, both ends: {@code
 * dev.virtmem.serial.SerialStore} uses it, {@code dev.virtmem.serial.HostPort} lends it.
 *
 * @provides dev.virtmem.store.StoreProvider for {@code serial:} and {@code serial-tcp:}
 */
module dev.virtmem.serial {
  requires com.fazecast.jSerialComm;
  requires transitive dev.virtmem.core;

  exports dev.virtmem.serial;

  provides dev.virtmem.store.StoreProvider with
      dev.virtmem.serial.SerialStoreProvider,
      dev.virtmem.serial.SerialTcpStoreProvider;
}
