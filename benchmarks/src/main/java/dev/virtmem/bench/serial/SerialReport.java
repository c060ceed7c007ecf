package dev.virtmem.bench.serial;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** The figures of {@link SerialBenchmark}, for people and for programs. */
public final class SerialReport {
  private static final double MEGA = 1e6;

  private final List<Exchange> exchanges;
  private final Served served;

  SerialReport(List<Exchange> exchanges, Served served) {
    this.exchanges = List.copyOf(exchanges);
    this.served = served;
  }

  /**
   * Tells whether every bar is kept.
   *
   * @return false if a line says that it is not
   */
  public boolean ok() {
    return exchanges.stream().allMatch(Exchange::ok) && served.ok();
  }

  /**
   * Tells whether the bytes were right, whatever the rates.
   *
   * @return true if no port saw an error, and all pools were given back
   */
  public boolean isCorrect() {
    return served.errors() == 0 && served.leftBytes() == 0;
  }

  /**
   * Returns two tables.
   *
   * @return lines of about 100 characters
   */
  public String toText() {
    var text = new StringBuilder();
    line(
        text,
        "%-18s %6s %9s %8s %11s %8s %6s %12s  %s",
        "one device",
        "bytes",
        "trips/s",
        "MB/s",
        "bare trips/s",
        "MB/s",
        "ratio",
        "quartiles",
        "ok");
    for (Exchange row : exchanges) {
      line(
          text,
          "%-18s %,6d %,9.0f %8.2f %,12.0f %8.2f %6.2f %5.2f %6.2f  %s",
          row.what(),
          row.bytes(),
          row.host(),
          row.host() * row.dataBytes() / MEGA,
          row.bare(),
          row.bare() * row.dataBytes() / MEGA,
          row.ratio(),
          row.lowerQuartile(),
          row.upperQuartile(),
          word(row.ok()));
    }
    line(text, "MB/s: data, both ways together. Bar of the median ratio: %.2f%n", Exchange.BAR);
    served(text);
    return text.toString();
  }

  private void served(StringBuilder text) {
    line(
        text,
        "%-18s %6s %9s %8s %11s %8s  %s",
        "MB/s a port",
        "ports",
        "slowest",
        "median",
        "fastest",
        "ratio",
        "ok");
    for (String protocol : served.protocols()) {
      double[] rates = served.rates(protocol);
      double ratio = served.fairness(protocol);
      line(
          text,
          "%-18s %6d %9.2f %8.2f %11.2f %8.2f  %s",
          protocol,
          rates.length,
          rates[0] / MEGA,
          rates[rates.length / 2] / MEGA,
          rates[rates.length - 1] / MEGA,
          ratio,
          word(ratio >= Served.FAIR));
    }
    line(
        text,
        "all %d ports for %.1f s: %.1f MB/s, slowest over fastest %.2f (no bar), %d errors: %s",
        served.ports().size(),
        served.ports().getFirst().seconds(),
        served.totalRate() / MEGA,
        served.fairnessOfAll(),
        served.errors(),
        word(served.errors() == 0));
    line(text, "devices on processors of their own: %s", word(served.apart()));
    for (Served.Port port : served.ports()) {
      if (port.failure() != null) {
        line(text, "  %s device: %s", port.protocol(), port.failure());
      }
    }
    line(
        text,
        "pools %,d bytes of %,d, %,d left in the end; %,d other bytes a port, both ends: %s",
        served.poolBytes(),
        served.limitBytes(),
        served.leftBytes(),
        served.otherBytes() / served.ports().size(),
        word(served.isWithinLimits()));
    line(
        text,
        "idle for %.1f s: %.2f %% of a core: %s",
        served.idleSeconds(),
        100 * served.idle(),
        word(served.isIdle()));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "%n", values));
  }

  private static String word(boolean ok) {
    return ok ? "yes" : "NO";
  }

  /**
   * Returns everything as one object.
   *
   * @return JSON: {@code exchanges}, {@code served}, {@code ok}; rates in bytes a second, {@code
   *     idle} as a share of one core
   */
  public String toJson() {
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    var rows = new JsonArray();
    for (Exchange row : exchanges) {
      JsonObject object = gson.toJsonTree(row).getAsJsonObject();
      object.addProperty("ratio", row.ratio());
      object.addProperty("ok", row.ok());
      rows.add(object);
    }
    JsonObject all = gson.toJsonTree(served).getAsJsonObject();
    var fairness = new JsonObject();
    served.protocols().forEach(name -> fairness.addProperty(name, served.fairness(name)));
    all.add("slowestOverFastest", fairness);
    all.addProperty("ok", served.ok());
    var report = new JsonObject();
    report.add("exchanges", rows);
    report.add("served", all);
    report.addProperty("ok", ok());
    return gson.toJson(report);
  }
}
