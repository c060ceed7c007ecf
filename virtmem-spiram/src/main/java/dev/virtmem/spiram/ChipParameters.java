package dev.virtmem.spiram;

import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreUri;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads which part a URI means: {@code chip=NAME} from the driver's table, or {@code chip=custom}
 * with a description as {@link SpiRamChipBuilder} takes it: {@code size}, {@code address-bytes},
 * {@code max-hz}, {@code mode} (0 to 255) and {@code traits}, which are names of {@link Trait} in
 * lower case, with commas between them and {@code -} for {@code _}.
 */
final class ChipParameters {
  static final String SYNTAX =
      "chip=NAME|custom[&size=BYTES][&address-bytes=N][&max-hz=HZ][&mode=N][&traits=NAME,...]";

  private static final String CUSTOM = "custom";

  private ChipParameters() {}

  static SpiRamChip chip(StoreUri uri) {
    String name = uri.text("chip", null);
    if (name == null) {
      throw new IllegalArgumentException(
          uri + " needs chip=NAME, known are " + SpiRamChip.knownNames() + ", or chip=custom");
    }
    return name.equalsIgnoreCase(CUSTOM) ? custom(uri) : SpiRamChip.byName(name);
  }

  private static SpiRamChip custom(StoreUri uri) {
    long size = uri.size("size", -1);
    if (size < 0) {
      throw new IllegalArgumentException(uri + " needs size=BYTES, as every chip=custom does");
    }
    var chip = SpiRamChip.describe(CUSTOM).capacity(size);
    int addressBytes = (int) uri.number("address-bytes", 0, 1, 4);
    if (addressBytes != 0) {
      chip.addressBytes(addressBytes);
    }
    int maxHz = (int) uri.number("max-hz", 0, 1, Integer.MAX_VALUE);
    if (maxHz != 0) {
      chip.maxHz(maxHz);
    }
    chip.sequentialMode((int) uri.number("mode", SpiRamChip.NO_MODE_REGISTER, 0, 0xff));
    String traits = uri.text("traits", "");
    if (!traits.isEmpty()) {
      Arrays.stream(traits.split(",", -1)).forEach(word -> chip.traits(trait(word, uri)));
    }
    return chip.build();
  }

  private static Trait trait(String word, StoreUri uri) {
    return Arrays.stream(Trait.values())
        .filter(trait -> word(trait).equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "traits in "
                        + uri
                        + " must be of "
                        + Arrays.stream(Trait.values())
                            .map(ChipParameters::word)
                            .collect(Collectors.joining(", "))
                        + ", got '"
                        + word
                        + "'"));
  }

  private static String word(Trait trait) {
    return trait.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
