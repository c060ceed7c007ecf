package dev.virtmem.serial;

/**
 * What a host has done for one line so far.
 *
 * @param poolBytes size of the pool that the device has, 0 if none
 * @param checked whether the device speaks the checked protocol
 * @param reads read requests carried out
 * @param writes write requests carried out
 * @param bytesRead bytes of data that went to the device
 * @param bytesWritten bytes of data that came from the device
 * @param repeats requests of the checked protocol that were answered again
 * @param badFrames frames of the checked protocol that were damaged
 * @param ignored commands that no device should send
 */
public record HostStatistics(
    long poolBytes,
    boolean checked,
    long reads,
    long writes,
    long bytesRead,
    long bytesWritten,
    long repeats,
    long badFrames,
    long ignored) {}
