package dev.virtmem.cli;

import com.pi4j.extension.Plugin;
import java.util.List;
import java.util.ServiceLoader;

/** Finds Pi4J's plugins, which bring its SPI providers, without starting one. */
final class Pi4jPlugins {
  private Pi4jPlugins() {}

  /** Returns the names of the classes of those on the class path. */
  static List<String> names() {
    return ServiceLoader.load(Plugin.class).stream()
        .map(plugin -> plugin.type().getName())
        .sorted()
        .toList();
  }
}
