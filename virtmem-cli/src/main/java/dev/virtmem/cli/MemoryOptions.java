package dev.virtmem.cli;

import dev.virtmem.VirtualMemoryBuilder;
import dev.virtmem.policy.Policies;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options that say how much RAM a memory has, and how it is divided. */
final class MemoryOptions {
  @Option(
      names = "--ram",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "RAM for frames and buffers, such as 5376 or 8K; 5376 unless set or implied.")
  Long ram;

  @Option(
      names = "--frames",
      paramLabel = "COUNT",
      description = "Number of page frames; as many as the RAM holds unless set.")
  Integer frames;

  @Option(
      names = "--page-size",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      description = "Bytes of a page, a power of two; chosen by the RAM unless set.")
  Long pageSize;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      defaultValue = Policies.DEFAULT,
      completionCandidates = PolicyNames.class,
      description = "Replacement policy: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless set.")
  String policy;

  /**
   * Hands the options to a builder.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  void apply(VirtualMemoryBuilder builder) {
    builder.policy(policy);
    if (ram != null) {
      builder.ram(ram);
    } else if (frames == null) {
      builder.ram(VirtualMemoryBuilder.DEFAULT_RAM);
    }
    if (frames != null) {
      builder.frames(frames);
    }
    if (pageSize != null) {
      builder.pageSize((int) Math.min(pageSize, Integer.MAX_VALUE));
    }
  }

  /** Returns the name of the policy as it is usually written. */
  String policyName() {
    return policy.toUpperCase(Locale.ROOT);
  }

  /** Lists the policies for help texts. */
  static final class PolicyNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    PolicyNames() {
      super(Policies.names());
    }
  }
}
