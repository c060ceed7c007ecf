package dev.virtmem.cli;

import picocli.CommandLine.Command;

@Command(name = "replay")
final class ReplayCommand {}
