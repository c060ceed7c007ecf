package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DevicesCommandTest {
  private static final List<String> FFM = List.of("com.example.FfmPlugin");

  @TempDir Path root;

  private final Map<String, Access> access = new HashMap<>();

  private static Access denied(String group) {
    return new Access(false, false, Optional.of(group), true);
  }

  private static List<String> values(JsonArray objects, String name) {
    var values = new ArrayList<String>();
    objects.forEach(object -> values.add(object.getAsJsonObject().get(name).getAsString()));
    return values;
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void devices(String... names) throws IOException {
    for (String name : names) {
      file("dev/" + name, "");
    }
  }

  private Outcome run(Supplier<List<String>> plugins, String... arguments) {
    var allowed = new Access(true, true, Optional.of("staff"), true);
    var scan =
        new DeviceScan(root, file -> access.getOrDefault(file.getFileName().toString(), allowed));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new CommandLine(new DevicesCommand(scan, plugins))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString()).succeeded();
  }

  private JsonObject json() {
    return run(() -> FFM, "--json").json();
  }

  private String text() {
    String text = run(() -> FFM).out();
    assertEquals(0, text.lines().filter(line -> line.length() > 80).count(), text);
    return text;
  }

  private String onlyProblem() {
    JsonArray problems = json().getAsJsonArray("problems");
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0).getAsString();
  }

  @Test
  void listsWhatThereIsInOrder() throws IOException {
    devices("spidev1.0", "spidev0.1", "spidev0.0", "spidev10.0", "spidevX", "null");
    devices("ttyUSB10", "ttyUSB2", "ttyACM0", "ttyAMA0", "ttyAMA", "tty0", "ttyprintk");
    devices("mmcblk1", "mmcblk0", "mmcblk0p1", "mmcblk0boot0", "mmcblk0rpmb");
    JsonObject json = json();
    assertEquals(
        List.of("/dev/spidev0.0", "/dev/spidev0.1", "/dev/spidev1.0", "/dev/spidev10.0"),
        values(json.getAsJsonArray("spi"), "path"));
    assertEquals(
        List.of("/dev/ttyACM0", "/dev/ttyAMA0", "/dev/ttyUSB2", "/dev/ttyUSB10"),
        values(json.getAsJsonArray("serial"), "path"));
    assertEquals(
        List.of("/dev/mmcblk0", "/dev/mmcblk1"), values(json.getAsJsonArray("cards"), "path"));
    assertEquals(0, json.getAsJsonArray("problems").size(), json::toString);
    assertFalse(text().contains("Problems"));
  }

  @Test
  void describesASpiDevice() throws IOException {
    devices("spidev0.1");
    file("sys/module/spidev/parameters/bufsiz", "65536\n");
    access.put("spidev0.1", new Access(true, true, Optional.of("spi"), true));
    JsonObject spi = json().getAsJsonArray("spi").get(0).getAsJsonObject();
    assertTrue(spi.get("readable").getAsBoolean());
    assertTrue(spi.get("writable").getAsBoolean());
    assertEquals("spi", spi.get("group").getAsString());
    assertEquals("spi:0.1?chip=23LC1024", spi.get("uri").getAsString());
    assertEquals(65_536, json().get("transferLimit").getAsInt());
    String text = text();
    assertTrue(
        text.lines().anyMatch(line -> line.matches(" +/dev/spidev0.1 +read, write +spi +spi:0.*")),
        text);
    assertTrue(text.contains("65,536 bytes"), text);
    assertTrue(text.contains("FfmPlugin"), text);
    file("sys/module/spidev/parameters/bufsiz", "nonsense");
    assertFalse(json().has("transferLimit"));
  }

  @Test
  void theFlashThatAPiBootsFromIsNotOffered() throws IOException {
    devices("spidev10.0");
    file("sys/class/spi_master/spi10", "");
    file("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
    access.put("spidev10.0", denied("spi"));
    JsonObject spi = json().getAsJsonArray("spi").get(0).getAsJsonObject();
    assertFalse(spi.has("uri"));
    assertTrue(spi.get("note").getAsString().contains("boot flash"));
    assertTrue(onlyProblem().contains("not enabled on this Raspberry Pi 5 Model B Rev 1.0;"));
    text();
  }

  @Test
  void saysWhyThereIsNoSpi() throws IOException {
    String problem = onlyProblem();
    assertTrue(problem.contains("no Raspberry Pi, and has no SPI bus"), problem);
    assertTrue(problem.contains("sim:23LC1024 works anywhere"), problem);
    String text = text();
    assertTrue(text.contains("SPI devices: none"), text);
    assertTrue(text.contains("Serial ports: none"), text);
    assertTrue(text.contains("Memory cards: none"), text);
    assertTrue(text.contains("sim:23LC1024"), text);

    file("proc/device-tree/model", "Raspberry Pi 4 Model B\0");
    problem = onlyProblem();
    assertTrue(problem.contains("SPI is not enabled on this Raspberry Pi 4"), problem);
    assertTrue(problem.contains("sudo raspi-config nonint do_spi 0"), problem);
    assertTrue(problem.contains("dtparam=spi=on"), problem);
    text();

    file("sys/class/spi_master/spi0", "");
    problem = onlyProblem();
    assertTrue(problem.contains("spidev is not loaded"), problem);
    assertTrue(problem.endsWith("sudo modprobe spidev"), problem);

    file("sys/module/spidev/parameters/bufsiz", "4096");
    assertTrue(onlyProblem().contains("SPI is not enabled"));
    file("proc/device-tree/model", "Some Board");
    problem = onlyProblem();
    assertTrue(problem.contains("no chip select is given to spidev"), problem);
  }

  @Test
  void aGroupThatHelpsIsNamedOnce() throws IOException {
    devices("spidev0.0", "spidev0.1", "ttyUSB0");
    access.put("spidev0.0", denied("spi"));
    access.put("spidev0.1", denied("spi"));
    access.put("ttyUSB0", new Access(true, false, Optional.of("dialout"), true));
    JsonObject json = json();
    JsonObject spi = json.getAsJsonArray("spi").get(0).getAsJsonObject();
    assertFalse(spi.get("readable").getAsBoolean());
    JsonObject serial = json.getAsJsonArray("serial").get(0).getAsJsonObject();
    assertTrue(serial.get("readable").getAsBoolean());
    assertFalse(serial.get("writable").getAsBoolean());
    JsonArray problems = json.getAsJsonArray("problems");
    assertEquals(2, problems.size(), problems::toString);
    String first = problems.get(0).getAsString();
    assertTrue(first.contains("/dev/spidev0.0, /dev/spidev0.1"), first);
    assertTrue(first.endsWith("sudo usermod -aG spi $USER, then log in again"), first);
    assertTrue(problems.get(1).getAsString().contains("usermod -aG dialout "));
    String text = text();
    assertTrue(text.contains("    sudo usermod -aG spi $USER, then log in again\n"), text);
    assertTrue(text.contains("no access"), text);
    assertTrue(text.contains("read only"), text);
  }

  @Test
  void aGroupThatDoesNotHelpIsNotOffered() throws IOException {
    devices("spidev0.0", "ttyAMA0");
    access.put("spidev0.0", denied("root"));
    access.put("ttyAMA0", new Access(false, false, Optional.of("tty"), false));
    String problems = json().getAsJsonArray("problems").toString();
    assertFalse(problems.contains("usermod"), problems);
    assertTrue(problems.contains("udev"), problems);
    assertTrue(problems.contains("login console"), problems);
    text();
  }

  @Test
  void nobodyIsAskedToJoinTheGroupOfDisks() throws IOException {
    devices("spidev0.0", "mmcblk0");
    file("sys/block/mmcblk0/size", "62333952\n");
    file("sys/block/mmcblk0/device/type", "SD\n");
    access.put("mmcblk0", denied("disk"));
    JsonObject card = json().getAsJsonArray("cards").get(0).getAsJsonObject();
    assertEquals("SD, 31.9 GB", card.get("note").getAsString());
    assertFalse(card.has("uri"));
    assertFalse(card.get("writable").getAsBoolean());
    assertEquals(0, json().getAsJsonArray("problems").size());
    text();
  }

  @Test
  void serialPortsWithoutHardwareAreLeftOut() throws IOException {
    devices("spidev0.0", "ttyS0", "ttyS1", "ttyS2", "ttyS3");
    file("sys/class/tty/ttyS0/device", "");
    file("sys/class/tty/ttyS0/type", "4\n");
    file("sys/class/tty/ttyS1/device", "");
    file("sys/class/tty/ttyS1/type", "0\n");
    file("sys/class/tty/ttyS2/type", "4\n");
    file("sys/class/tty/ttyS3/device", "");
    assertEquals(
        List.of("/dev/ttyS0", "/dev/ttyS3"), values(json().getAsJsonArray("serial"), "path"));
  }

  @Test
  void saysWhereAnAliasLeads() throws IOException {
    devices("ttyAMA10");
    Files.createSymbolicLink(root.resolve("dev/serial0"), Path.of("ttyAMA10"));
    JsonObject alias = json().getAsJsonArray("serial").get(0).getAsJsonObject();
    assertEquals("/dev/serial0", alias.get("path").getAsString());
    assertEquals("leads to ttyAMA10", alias.get("note").getAsString());
    Files.delete(root.resolve("dev/ttyAMA10"));
    assertEquals(0, json().getAsJsonArray("serial").size());
  }

  @Test
  void missesAPi4jProviderOnlyWhereItIsOfUse() throws IOException {
    String none = run(List::of).out();
    assertFalse(none.contains("Pi4J"), none);
    devices("spidev0.0");
    String missing = run(List::of).out();
    assertTrue(missing.contains("Pi4J has no provider on the class path"), missing);
    assertTrue(missing.contains("VIRTMEM_CLASSPATH"), missing);
    JsonObject json = json();
    assertEquals(0, json.getAsJsonArray("problems").size());
    assertEquals(FFM.getFirst(), json.getAsJsonArray("pi4jPlugins").get(0).getAsString());
  }

  @Test
  void brokenPluginsAreAProblem() {
    String text =
        run(() -> {
              throw new ServiceConfigurationError("half a jar");
            })
            .out();
    assertTrue(text.contains("half a jar"), text);
  }

  @Test
  void worksOnThisComputer() {
    JsonObject json = Outcome.of("devices", "--json").succeeded().json();
    for (String name : new String[] {"spi", "serial", "cards", "problems", "pi4jPlugins"}) {
      assertTrue(json.get(name).isJsonArray(), name);
    }
    Outcome.of("devices").succeeded();
  }
}
