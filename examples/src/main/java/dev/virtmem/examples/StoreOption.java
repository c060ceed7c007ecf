package dev.virtmem.examples;

/** The one option that the examples have. */
final class StoreOption {
  private static final String DEFAULT = "sim:23LC1024";

  private StoreOption() {}

  /** Returns the URI of the store on which to run: a simulated chip, unless another is named. */
  static String of(String[] args) {
    if (args.length == 0) {
      return DEFAULT;
    }
    if (args.length != 2 || !args[0].equals("--store")) {
      throw new IllegalArgumentException(
          "only --store URI is known, got " + String.join(" ", args));
    }
    return args[1];
  }
}
