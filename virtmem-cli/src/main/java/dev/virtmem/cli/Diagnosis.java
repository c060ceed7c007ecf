package dev.virtmem.cli;

import dev.virtmem.cli.Finding.Cause;
import dev.virtmem.cli.LineFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Concludes from what the tests found what is wrong, most likely, and what to do. */
final class Diagnosis {
  /** Above this share of wrong bits a cell that seems to be stuck may well be chance. */
  private static final double MUCH_NOISE = 1e-3;

  /** More stuck bits than these are hardly cells where bits flip on the wire. */
  private static final int MANY = 1000;

  /** So many errors would have been seen at the lower clocks if the clock did not matter. */
  private static final double SIGNIFICANT = 5;

  private final Observed seen;
  private final Evidence evidence;
  private final WireDiagnosis wire;
  private final List<Finding> findings = new ArrayList<>();

  private Diagnosis(Observed seen) {
    this.seen = seen;
    evidence = seen.evidence();
    wire = new WireDiagnosis(seen, SIGNIFICANT);
  }

  /**
   * Concludes.
   *
   * @return what is wrong, the cause of most first; nothing if the store works
   */
  static List<Finding> of(Observed seen) {
    var diagnosis = new Diagnosis(seen);
    diagnosis.conclude();
    diagnosis.findings.sort(Comparator.comparing(Finding::cause));
    return List.copyOf(diagnosis.findings);
  }

  private void conclude() {
    wire.finding().ifPresent(findings::add);
    if (evidence.isDead()) {
      fails();
    } else {
      failsAtTimes();
    }
    if (evidence.silent().isPresent()) {
      silent(evidence.silent().getAsInt());
    }
    dataLines();
    addressLines();
    boolean readable = evidence.errorRate() < MUCH_NOISE;
    // A command that is damaged on the wire can stop a chip in mid-test.
    boolean chance = evidence.errors() > 0 && evidence.stuckBits().count() > MANY;
    if (readable && !chance && evidence.dataLines().isEmpty() && evidence.silent().isEmpty()) {
      cells();
    }
    evidence
        .notRefused()
        .ifPresent(
            access ->
                add(
                    Cause.DRIVER,
                    "The driver did not refuse " + access + ", beyond the end.",
                    "Report this to the author of the store: no wire is to blame."));
    if (readable && findings.isEmpty()) {
      evidence.unexplained().ifPresent(this::unexplained);
    }
    if (seen.lost() > 0) {
      add(
          Cause.NOT_RESTORED,
          Lines.format("%,d bytes of the contents could not be put back.", seen.lost()),
          "Take what the store held for lost.");
    }
  }

  private void add(Cause cause, String text, String... advice) {
    findings.add(new Finding(cause, text, List.of(advice)));
  }

  private String device() {
    return seen.hasClock() ? "chip" : "device";
  }

  private String again() {
    return seen.answersAgain()
        ? "It answered again when it was opened anew: look for a loose contact first."
        : "It did not answer when it was opened anew: switch its power off and on.";
  }

  private void fails() {
    add(
        Cause.FAILS,
        "The "
            + device()
            + " fails from transfer "
            + Lines.format("%,d", evidence.firstFailureAt())
            + " on: "
            + evidence.firstFailure(),
        again(),
        "Read what the kernel says: dmesg | tail.",
        "See with ./virtmem devices what is there, and whether you may use it.");
  }

  private void failsAtTimes() {
    long atClocks =
        seen.clocks().stream()
            .filter(clock -> clock.hz() <= seen.hz() && clock.failure().isEmpty())
            .mapToLong(ClockResult::failedTransfers)
            .sum();
    if (evidence.failures() + atClocks == 0) {
      return;
    }
    add(
        Cause.FAILS_AT_TIMES,
        Lines.format(
            "%,d %s failed, and passed when repeated%s",
            evidence.failures() + atClocks,
            evidence.failures() + atClocks == 1 ? "transfer" : "transfers",
            evidence.firstFailure() == null ? "." : ": " + evidence.firstFailure()),
        "Check the contacts of the cable and of the supply.",
        "Read what the kernel says: dmesg | tail.");
  }

  private void silent(int answer) {
    add(
        Cause.SILENT,
        Lines.format(
            "The %s stopped answering within %,d transfers: all reads give %02X.",
            device(), evidence.silentFrom(), answer),
        again(),
        "Check the wires of supply, ground and chip select.",
        "Wire HOLD to the supply, and put 100 nF across the supply next to the chip.");
  }

  private void dataLines() {
    List<LineFault> faults = evidence.dataLines();
    if (faults.isEmpty() || evidence.silent().isPresent()) {
      return;
    }
    add(
        Cause.DATA_LINE,
        "A data line is bad: in each byte, " + list(faults.stream().map(Diagnosis::data)) + ".",
        "Check the solder joints of the data pins, SI and SO, and of the clock.",
        "If they are good, replace the chip: on SPI all bits share one wire.");
  }

  private static String data(LineFault fault) {
    return switch (fault.kind()) {
      case ZERO, DEAD -> "bit " + fault.line() + " is always 0";
      case ONE -> "bit " + fault.line() + " is always 1";
      case COPY -> "bit " + fault.line() + " has the value of bit " + fault.other();
      case AND, OR -> tied(fault);
    };
  }

  private static String tied(LineFault fault) {
    return "bits "
        + Math.min(fault.line(), fault.other())
        + " and "
        + Math.max(fault.line(), fault.other())
        + " are tied";
  }

  private static String list(Stream<String> texts) {
    return texts.distinct().collect(Collectors.joining(", "));
  }

  private void addressLines() {
    List<LineFault> faults = evidence.addressLines();
    if (faults.isEmpty()) {
      return;
    }
    OptionalInt lowest =
        faults.stream().filter(f -> f.kind() == Kind.DEAD).mapToInt(LineFault::line).min();
    boolean smaller =
        lowest.isPresent()
            && faults.size()
                == Long.SIZE - Long.numberOfLeadingZeros(seen.capacity() - 1) - lowest.getAsInt();
    if (smaller) {
      long size = 1L << lowest.getAsInt();
      add(
          Cause.ADDRESS_LINE,
          Lines.format(
              "The %s holds %,d bytes, not %,d: offsets that far apart are the same.",
              device(), size, seen.capacity()),
          "Compare the part number on the chip with the one in the URI.",
          "If they agree, replace the chip: it does not see its highest address bit.");
      return;
    }
    add(
        Cause.ADDRESS_LINE,
        "An address line is bad: " + list(faults.stream().map(Diagnosis::address)) + ".",
        "Compare the part number on the chip with the one in the URI.",
        "If they agree, replace the chip: on SPI all address bits share one wire.");
  }

  private static String address(LineFault fault) {
    return fault.kind() == Kind.DEAD
        ? Lines.format(
            "bit %d has no effect (offsets %,d apart are the same)",
            fault.line(), 1L << fault.line())
        : tied(fault);
  }

  private void cells() {
    StuckBits stuck = evidence.stuckBits();
    if (stuck.count() == 0) {
      return;
    }
    var first = stuck.cells().entrySet().iterator().next();
    StuckBits.Cell cell = first.getValue();
    int bit = Integer.numberOfTrailingZeros(cell.zeros() | cell.ones());
    String which =
        Lines.format(
            "bit %d at offset %,d is always %d", bit, first.getKey(), cell.ones() >> bit & 1);
    add(
        Cause.CELLS,
        stuck.count() == 1
            ? "A cell is stuck: " + which + "."
            : Lines.format("%,d cells are stuck: %s, and others.", stuck.count(), which),
        "Check the voltage of the supply, and run this again.",
        "If the same cells stay stuck, replace the " + device() + ": they are broken.");
  }

  private void unexplained(Mismatch mismatch) {
    add(
        Cause.UNEXPLAINED,
        "Some bytes change when others are written: " + mismatch + ".",
        "Compare the part number or the size with what is there.",
        "See that no other program uses the same device.");
  }
}
