package dev.virtmem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for devices, in the files that Linux makes for them; opens none. */
final class DeviceScan {
  private static final Pattern SPI = Pattern.compile("spidev(\\d+)\\.(\\d+)");
  private static final Pattern SERIAL = Pattern.compile("serial0|tty(ACM|USB|AMA|S)\\d+");
  private static final Pattern CARD = Pattern.compile("mmcblk\\d+");

  private final SystemFiles files;
  private final Function<Path, Access> access;

  /**
   * Prepares to look.
   *
   * @param root stands for {@code /}
   * @param access says what the user may do with a file
   */
  DeviceScan(Path root, Function<Path, Access> access) {
    this.files = new SystemFiles(root);
    this.access = access;
  }

  /** Looks now. */
  Devices run() throws IOException {
    List<Device> spi = devices(SPI, this::spi);
    List<Device> serial = devices(SERIAL, this::serial);
    List<Device> cards = devices(CARD, this::card);
    var problems = new ArrayList<Problem>();
    List<Device> forChips = spi.stream().filter(device -> device.uri().isPresent()).toList();
    if (forChips.isEmpty()) {
      problems.add(new SpiDiagnosis(files).problem());
    }
    problems.addAll(AccessProblems.of(Stream.of(forChips, serial).flatMap(List::stream).toList()));
    // A pool is a file on a card: nobody needs to write the card itself.
    return new Devices(spi, serial, cards, limit(), problems);
  }

  private List<Device> devices(Pattern pattern, Function<MatchResult, Optional<Device>> look)
      throws IOException {
    // Of names with one prefix, the longer one has the greater number.
    var order =
        Comparator.<String, String>comparing(name -> name.replaceAll("\\d.*", ""))
            .thenComparing(String::length)
            .thenComparing(name -> name);
    return files.names("dev").stream()
        .sorted(order)
        .map(pattern::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> look.apply(matcher.toMatchResult()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Device> spi(MatchResult name) {
    // A Pi 5 always has spidev10.0, the flash that it boots from; spi: takes one digit.
    if (name.group(1).length() > 1) {
      return device(name.group(), Optional.empty(), "not for spi: (a Pi 5's boot flash)");
    }
    String uri = "spi:%s.%s?chip=23LC1024".formatted(name.group(1), name.group(2));
    return device(name.group(), Optional.of(uri), "");
  }

  private Optional<Device> serial(MatchResult name) {
    if (name.group().startsWith("ttyS") && !hasHardware(name.group())) {
      return Optional.empty();
    }
    Path file = files.of("dev/" + name.group());
    return device(
        name.group(),
        Optional.empty(),
        files.target(file).map(target -> "leads to " + target).orElse(""));
  }

  // The kernel makes some ttyS in advance; those have no driver, or are of the type "unknown".
  private boolean hasHardware(String name) {
    String folder = "sys/class/tty/" + name;
    return Files.exists(files.of(folder + "/device"))
        && !files.line(folder + "/type").equals(Optional.of("0"));
  }

  private Optional<Device> card(MatchResult name) {
    String folder = "sys/block/" + name.group();
    var note = new ArrayList<String>();
    files.line(folder + "/device/type").ifPresent(note::add);
    // In sectors of 512 bytes, whatever the card's own are.
    files
        .number(folder + "/size")
        .ifPresent(sectors -> note.add(Lines.format("%.1f GB", sectors * 512 / 1e9)));
    return device(name.group(), Optional.empty(), String.join(", ", note));
  }

  private Optional<Device> device(String name, Optional<String> uri, String note) {
    Path file = files.of("dev/" + name);
    return Files.exists(file)
        ? Optional.of(new Device("/dev/" + name, access.apply(file), uri, note))
        : Optional.empty();
  }

  private OptionalInt limit() {
    var limit = files.number("sys/module/spidev/parameters/bufsiz");
    return limit.isPresent() && limit.getAsLong() > 0 && limit.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) limit.getAsLong())
        : OptionalInt.empty();
  }
}
