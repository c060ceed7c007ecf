package dev.virtmem.cli;

import picocli.CommandLine.Command;

@Command(name = "bench")
final class BenchCommand {}
