package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what helps a user who may not use a device: one problem for all that the same helps. */
final class AccessProblems {
  private AccessProblems() {}

  static List<Problem> of(List<Device> devices) {
    Map<Access, List<String>> denied =
        devices.stream()
            .filter(device -> !device.access().complete())
            .collect(
                Collectors.groupingBy(
                    Device::access,
                    LinkedHashMap::new,
                    Collectors.mapping(Device::path, Collectors.toList())));
    var problems = new ArrayList<Problem>();
    denied.forEach((access, paths) -> problems.add(problem(access, paths)));
    return problems;
  }

  private static Problem problem(Access access, List<String> paths) {
    String text = "this user may not both read and write " + String.join(", ", paths);
    if (access.helpfulGroup().isPresent()) {
      String group = access.helpfulGroup().get();
      return new Problem(
          text + ", but the group " + group + " may",
          "sudo usermod -aG " + group + " $USER, then log in again");
    }
    // A port that getty opened is root's, and its group tty may only write.
    if (access.group().filter("tty"::equals).isPresent()) {
      return new Problem(
          text + ", perhaps as a login console uses it",
          "sudo raspi-config, Interface Options, Serial Port, no login shell");
    }
    return new Problem(text + ", nor does a group help", "sudo, or a udev rule with a group");
  }
}
