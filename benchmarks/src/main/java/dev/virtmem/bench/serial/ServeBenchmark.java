package dev.virtmem.bench.serial;

import com.sun.management.OperatingSystemMXBean;
import dev.virtmem.serial.HostPorts;
import dev.virtmem.serial.HostStatistics;
import dev.virtmem.serial.Lines;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.Protocol;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Many devices at once, each on a pseudo-terminal of its own and with a thread of its own, served
 * as {@code virtmem serve} does it. Some speak the checked protocol, the others the plain one.
 */
final class ServeBenchmark implements AutoCloseable {
  private static final long SETTLING = 1_000_000_000;
  private static final int SETTLINGS = 10;

  private final long heapBefore = heapUsed();
  private final Map<String, ServedDevice> devices = new LinkedHashMap<>();
  private final PoolLender lender;
  private final HostPorts hosts;

  private ServeBenchmark(int ports) {
    lender = PoolLender.heap(ServedDevice.POOL, (long) ports * ServedDevice.POOL);
    hosts =
        new HostPorts(
            name -> Lines.port(name, ServedDevice.BAUD),
            lender,
            name -> devices.get(name).listener(),
            ports);
  }

  /** Serves so many ports for a time, and then lets them idle for another. */
  static Served run(int ports, int checked, long nanos, long idleNanos) throws IOException {
    var benchmark = new ServeBenchmark(ports);
    try (benchmark) {
      benchmark.open(ports, checked);
      benchmark.serve(nanos);
      long limitBytes = (long) ports * ServedDevice.POOL;
      long poolBytes = benchmark.lender.lent();
      long modelBytes = limitBytes;
      long otherBytes = heapUsed() - benchmark.heapBefore - poolBytes - modelBytes;
      double idle = idle(idleNanos);
      benchmark.devices.values().forEach(ServedDevice::giveBack);
      List<Served.Port> results = benchmark.results();
      benchmark.hosts.close();
      long leftBytes = benchmark.lender.lent();
      boolean apart = benchmark.devices.values().stream().allMatch(ServedDevice::isApart);
      return new Served(
          results, apart, poolBytes, limitBytes, otherBytes, leftBytes, idle, idleNanos / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void open(int ports, int checked) throws IOException {
    for (int i = 0; i < ports; i++) {
      // The checked ones spread evenly.
      boolean isChecked = (i + 1) * checked / ports > i * checked / ports;
      var device = new ServedDevice(isChecked ? Protocol.CHECKED : Protocol.PLAIN, i);
      devices.put(device.path(), device);
    }
    devices.keySet().forEach(hosts::add);
    for (ServedDevice device : devices.values()) {
      device.open();
    }
  }

  private void serve(long nanos) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (ServedDevice device : devices.values()) {
      threads.add(
          Thread.ofPlatform()
              .name("device " + device.path())
              .daemon()
              .start(() -> device.run(nanos)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Measures the processor time of this process, in which nothing but the host is left to run. */
  private static double idle(long nanos) throws InterruptedException {
    var compilation = ManagementFactory.getCompilationMXBean();
    for (long i = 0, before = -1, now = 0; now != before && i < SETTLINGS; i++) {
      // What the load made hot may still be compiled.
      before = now;
      pause(Math.min(SETTLING, nanos));
      now = compilation.getTotalCompilationTime();
    }
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long processor = system.getProcessCpuTime();
    long begin = System.nanoTime();
    pause(nanos);
    processor = system.getProcessCpuTime() - processor;
    return (double) processor / (System.nanoTime() - begin);
  }

  private static void pause(long nanos) throws InterruptedException {
    new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
  }

  private static long heapUsed() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private List<Served.Port> results() {
    List<Served.Port> results = new ArrayList<>();
    hosts
        .ports()
        .forEach(
            (name, host) -> {
              HostStatistics statistics = host.session().statistics();
              results.add(devices.get(name).result(statistics.badFrames()));
            });
    return results;
  }

  @Override
  public void close() throws IOException {
    hosts.close();
    for (ServedDevice device : devices.values()) {
      device.close();
    }
  }
}
