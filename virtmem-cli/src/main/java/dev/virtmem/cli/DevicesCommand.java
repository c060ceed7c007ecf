package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the devices that stores may live on, and what is in the way. */
@Command(
    name = "devices",
    description = {
      "List SPI devices, serial ports and memory cards, and what keeps you from using them.",
      "",
      "Opens none of them.",
      ""
    })
final class DevicesCommand implements Callable<Integer> {
  private static final Pattern LINE = Pattern.compile("(\\S{77,}|.{1,76})(?:\\s+|$)");

  private final DeviceScan scan;
  private final Supplier<List<String>> plugins;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  /** Lists the devices of this computer. */
  DevicesCommand() {
    this(new DeviceScan(Path.of("/"), Access::of), Pi4jPlugins::names);
  }

  /**
   * Lists what a scan finds.
   *
   * @param plugins names those of Pi4J; asked only when the command runs
   */
  DevicesCommand(DeviceScan scan, Supplier<List<String>> plugins) {
    this.scan = scan;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    Devices devices = scan.run();
    var problems = new ArrayList<Problem>(devices.problems());
    List<String> names = plugins(devices, problems);
    if (json) {
      json(devices, names, problems);
    } else {
      text(devices, names, problems);
    }
    return 0;
  }

  private List<String> plugins(Devices devices, List<Problem> problems) {
    try {
      List<String> names = plugins.get();
      boolean chips = devices.spi().stream().anyMatch(device -> device.uri().isPresent());
      if (chips && names.isEmpty()) {
        problems.add(
            new Problem(
                "Pi4J has no provider on the class path, so spi: cannot be opened",
                "put the jars of pi4j-plugin-ffm into VIRTMEM_CLASSPATH"));
      }
      return names;
    } catch (ServiceConfigurationError e) {
      problems.add(
          new Problem(
              "Pi4J's plugins cannot be listed: " + e.getMessage(),
              "check the jars in VIRTMEM_CLASSPATH"));
      return List.of();
    }
  }

  private void text(Devices devices, List<String> names, List<Problem> problems) {
    var lines = new Lines(spec);
    section(lines, "SPI devices", devices.spi());
    devices
        .transferLimit()
        .ifPresent(limit -> lines.print("  The kernel takes %,d bytes in one transfer.", limit));
    names.forEach(name -> lines.print("  Pi4J has %s.", name));
    lines.skip();
    section(lines, "Serial ports", devices.serial());
    lines.skip();
    section(lines, "Memory cards", devices.cards());
    if (!problems.isEmpty()) {
      lines.skip();
      lines.print("Problems");
    }
    for (Problem problem : problems) {
      wrapped(problem.text()).forEach(line -> lines.print("  %s", line));
      lines.print("    %s", problem.help());
    }
  }

  private static void section(Lines lines, String title, List<Device> devices) {
    lines.print("%s", devices.isEmpty() ? title + ": none" : title);
    for (Device device : devices) {
      lines.print(
          "  %-15s %-11s %-8s %s",
          device.path(),
          device.access(),
          device.access().group().orElse(""),
          device.uri().orElse(device.note()));
    }
  }

  private static List<String> wrapped(String text) {
    return LINE.matcher(text).results().map(line -> line.group(1)).toList();
  }

  private void json(Devices devices, List<String> names, List<Problem> problems) {
    var json = new JsonObject();
    json.add("spi", array(devices.spi()));
    json.add("serial", array(devices.serial()));
    json.add("cards", array(devices.cards()));
    devices.transferLimit().ifPresent(limit -> json.addProperty("transferLimit", limit));
    var pi4j = new JsonArray();
    names.forEach(pi4j::add);
    json.add("pi4jPlugins", pi4j);
    var texts = new JsonArray();
    problems.forEach(problem -> texts.add(problem.toString()));
    json.add("problems", texts);
    Json.print(spec, json);
  }

  private static JsonArray array(List<Device> devices) {
    var array = new JsonArray();
    for (Device device : devices) {
      var object = new JsonObject();
      object.addProperty("path", device.path());
      object.addProperty("readable", device.access().readable());
      object.addProperty("writable", device.access().writable());
      device.access().group().ifPresent(group -> object.addProperty("group", group));
      device.uri().ifPresent(uri -> object.addProperty("uri", uri));
      if (!device.note().isEmpty()) {
        object.addProperty("note", device.note());
      }
      array.add(object);
    }
    return array;
  }
}
