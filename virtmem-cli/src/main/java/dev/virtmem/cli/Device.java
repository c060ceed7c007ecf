package dev.virtmem.cli;

import java.util.Optional;

/**
 * A device that a store may live on.
 *
 * @param path where it is, for instance {@code /dev/spidev0.0}
 * @param access what this user may do with it
 * @param uri a store on it to try, if there can be one
 * @param note what else is known; may be empty
 */
record Device(String path, Access access, Optional<String> uri, String note) {}
