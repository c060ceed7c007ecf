/**
 * The RAM of another computer at the other end of a serial line, both ends: start at {@link
 * dev.virtmem.serial.SerialStore} to use it and at {@link dev.virtmem.serial.HostSession} to lend
 * it.
 */
module dev.virtmem.serial {
  requires com.fazecast.jSerialComm;
  requires transitive dev.virtmem.core;

  exports dev.virtmem.serial;
}
