/**
 * The command {@code virtmem}: start at {@link dev.virtmem.cli.Main}. Each subcommand is a class
 * whose name ends with {@code Command}, and which parses options and prints; what it does is in
 * classes of its own.
 */
package dev.virtmem.cli;
