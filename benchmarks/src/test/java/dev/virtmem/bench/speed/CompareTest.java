package dev.virtmem.bench.speed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

class CompareTest {
  static Stream<Method> comparedBenchmarks() {
    return Stream.of(
            AllocationPairs.class,
            BulkCopies.class,
            ByteHits.class,
            IntHits.class,
            LockLoops.class,
            LongHits.class,
            PageMisses.class,
            PlainInts.class,
            SteppedPointers.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> method.isAnnotationPresent(Compare.class));
  }

  @ParameterizedTest
  @MethodSource("comparedBenchmarks")
  void namesBenchmarksThatExist(Method method) throws ReflectiveOperationException {
    Compare rule = method.getAnnotation(Compare.class);
    assertTrue(method.isAnnotationPresent(Benchmark.class), method + " never runs");
    assertTrue(rule.operations() > 0, method.toString());
    assertBenchmark(method, rule.to());
    assertBenchmark(method, rule.minus());
    assertFalse(rule.atMost() != 0 && rule.to().isEmpty(), method + " has a bar for no ratio");
  }

  private static void assertBenchmark(Method from, String name)
      throws ReflectiveOperationException {
    if (name.isEmpty()) {
      return;
    }
    String method = name.replaceFirst("\\[.*]", "");
    Class<?> owner = from.getDeclaringClass();
    int dot = method.indexOf('.');
    if (dot >= 0) {
      owner = Class.forName(owner.getPackageName() + "." + method.substring(0, dot));
    }
    assertTrue(
        owner.getMethod(method.substring(dot + 1)).isAnnotationPresent(Benchmark.class), name);
  }
}
