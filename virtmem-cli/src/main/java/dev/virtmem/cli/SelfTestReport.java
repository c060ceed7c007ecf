package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what a self-test found: the verdict first, then what to do, then the evidence. */
final class SelfTestReport {
  private static final int WIDTH = 80;
  private static final int MOST_CELLS = 32;

  private final CommandSpec spec;
  private final SelfTestResult result;
  private final Observed seen;

  SelfTestReport(CommandSpec spec, SelfTestResult result) {
    this.spec = spec;
    this.result = result;
    seen = result.seen();
  }

  /** Prints for people. */
  void text() {
    var lines = new Lines(spec);
    wrapped(lines, "", result.verdict());
    result.advice().forEach(advice -> wrapped(lines, "  - ", advice));
    List<Finding> findings = result.findings();
    for (int i = 1; i < findings.size(); i++) {
      wrapped(lines, "", "Also: " + findings.get(i).text());
      findings.get(i).advice().forEach(advice -> wrapped(lines, "  - ", advice));
    }
    lines.skip();
    wrapped(lines, "", Lines.format("%s, %,d bytes.", result.store(), seen.capacity()));
    lines.print(result.overwritten() ? "Its contents are overwritten." : contents());
    lines.skip();
    for (Step step : result.steps()) {
      String verdict = step.passed() ? "ok" : "FAILED";
      String detail = step.failure().map(failure -> ": " + failure).orElse("");
      wrapped(lines, Lines.format("  %-16s %-7s ", step.name(), verdict), step.detail() + detail);
    }
    clocks(lines);
    speeds(lines);
  }

  private String contents() {
    return seen.lost() == 0 ? "Its contents are kept." : "Its contents are lost in part.";
  }

  private void clocks(Lines lines) {
    if (seen.clocks().isEmpty()) {
      return;
    }
    lines.skip();
    lines.print("  %-12s %14s %14s", "clock", "wrong bits", "of");
    for (ClockResult clock : seen.clocks().reversed()) {
      String row = Lines.format("  %-12s ", Clocks.text(clock.hz()));
      if (clock.failure().isPresent()) {
        wrapped(lines, row, firstSentence(clock.failure().get()));
      } else {
        lines.print("%s%,14d %,14d  %s", row, clock.wrongBits(), clock.bits(), remark(clock));
      }
    }
  }

  /** Returns what failed, without why: that is not known yet. */
  private static String firstSentence(String text) {
    return text.split("[.:] ", 2)[0];
  }

  private String remark(ClockResult clock) {
    if (!clock.passed() || !result.clockMatters()) {
      return "";
    }
    boolean safe = seen.safe().isPresent() && clock.hz() <= seen.safe().getAsInt();
    boolean advised = seen.advised().isPresent() && clock.hz() == seen.advised().getAsInt();
    return advised ? "safe, use this" : safe ? "safe" : "";
  }

  private void speeds(Lines lines) {
    if (result.speeds().isEmpty()) {
      return;
    }
    lines.skip();
    lines.print("  %-22s %14s %14s", "one transfer", "measured", "by its figures");
    for (Speed speed : result.speeds()) {
      lines.print(
          "  %-5s %,6d bytes %,14.1f us %,11.1f us %,12.0f KiB/s",
          speed.name(),
          speed.bytes(),
          speed.measuredNanos() / 1e3,
          speed.modelledNanos() / 1e3,
          speed.bytesPerSecond() / 1024);
    }
  }

  /** Prints a text in as many lines as it needs, each as far to the right as the first. */
  private static void wrapped(Lines lines, String start, String text) {
    var line = new StringBuilder(start);
    boolean empty = true;
    for (String word : text.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.print("%s", line);
        line.setLength(0);
        line.append(" ".repeat(start.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.print("%s", line);
  }

  /** Prints for programs. */
  void json() {
    var json = new JsonObject();
    json.addProperty("store", result.store());
    json.addProperty("capacity", seen.capacity());
    json.addProperty("overwritten", result.overwritten());
    json.addProperty("passed", result.passed());
    json.addProperty("verdict", result.verdict());
    json.add("advice", strings(result.advice()));
    json.add("findings", findings());
    json.add("tests", tests());
    json.add("clocks", clocks());
    if (result.clockMatters()) {
      seen.safe().ifPresent(hz -> json.addProperty("safeHz", hz));
      seen.advised().ifPresent(hz -> json.addProperty("advisedHz", hz));
    }
    json.add("stuckBits", stuckBits());
    json.add("moved", moved());
    json.addProperty("bytesNotRestored", seen.lost());
    json.addProperty("repeatedByVerification", result.verification().retries());
    json.addProperty("rebuiltByVerification", result.verification().repairedLines());
    json.add("transfers", transfers());
    Json.print(spec, json);
  }

  private static JsonArray strings(List<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonArray findings() {
    var array = new JsonArray();
    for (Finding finding : result.findings()) {
      var object = new JsonObject();
      object.addProperty("cause", finding.cause().name().toLowerCase(Locale.ROOT));
      object.addProperty("text", finding.text());
      object.add("advice", strings(finding.advice()));
      array.add(object);
    }
    return array;
  }

  private JsonArray tests() {
    var array = new JsonArray();
    for (Step step : result.steps()) {
      var object = new JsonObject();
      object.addProperty("name", step.name());
      object.addProperty("passed", step.passed());
      step.failure().ifPresent(failure -> object.addProperty("message", failure));
      step.mismatch()
          .ifPresent(
              mismatch -> {
                object.addProperty("offset", mismatch.offset());
                object.addProperty("expected", mismatch.expected());
                object.addProperty("found", mismatch.found());
              });
      array.add(object);
    }
    return array;
  }

  private JsonArray clocks() {
    var array = new JsonArray();
    for (ClockResult clock : seen.clocks().reversed()) {
      var object = new JsonObject();
      object.addProperty("hz", clock.hz());
      object.addProperty("bits", clock.bits());
      object.addProperty("wrongBits", clock.wrongBits());
      object.addProperty("failedTransfers", clock.failedTransfers());
      clock.failure().ifPresent(failure -> object.addProperty("message", failure));
      array.add(object);
    }
    return array;
  }

  private JsonObject stuckBits() {
    StuckBits stuck = seen.evidence().stuckBits();
    var first = new JsonArray();
    int left = MOST_CELLS;
    for (Map.Entry<Long, StuckBits.Cell> entry : stuck.cells().entrySet()) {
      if (left-- == 0) {
        break;
      }
      var object = new JsonObject();
      object.addProperty("offset", entry.getKey());
      object.addProperty("alwaysZero", entry.getValue().zeros());
      object.addProperty("alwaysOne", entry.getValue().ones());
      first.add(object);
    }
    var object = new JsonObject();
    object.addProperty("count", stuck.count());
    object.add("first", first);
    return object;
  }

  private JsonObject moved() {
    Evidence evidence = seen.evidence();
    var object = new JsonObject();
    object.addProperty("transfers", evidence.transfers());
    object.addProperty("failed", evidence.failures());
    object.addProperty("bitsRead", evidence.bitsRead());
    object.addProperty("bitsWritten", evidence.bitsWritten());
    object.addProperty("readErrors", evidence.readErrors());
    object.addProperty("writeErrors", evidence.writeErrors());
    return object;
  }

  private JsonArray transfers() {
    var array = new JsonArray();
    for (Speed speed : result.speeds()) {
      var object = new JsonObject();
      object.addProperty("name", speed.name());
      object.addProperty("bytes", speed.bytes());
      object.addProperty("measuredNanos", speed.measuredNanos());
      object.addProperty("modelledNanos", speed.modelledNanos());
      array.add(object);
    }
    return array;
  }
}
