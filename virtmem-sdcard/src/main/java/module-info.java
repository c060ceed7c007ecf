/** Pool files on memory cards: start at {@link dev.virtmem.sdcard.WearStore}. */
module dev.virtmem.sdcard {
  requires transitive dev.virtmem.core;

  exports dev.virtmem.sdcard;
}
