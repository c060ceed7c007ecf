package dev.virtmem.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, by what Maven notes in the jar. */
final class Version implements IVersionProvider {
  private static final String NOTE = "/META-INF/maven/dev.virtmem/virtmem-cli/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var note = Version.class.getResourceAsStream(NOTE)) {
      if (note != null) {
        properties.load(note);
      }
    }
    return new String[] {
      "virtmem " + properties.getProperty("version", "(not packaged)"),
      "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
