package dev.virtmem.bench.speed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a row of the report of a benchmark. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Compare {
  /** What one operation is. */
  String what();

  /** Operations in a call of the method. */
  int operations();

  /**
   * The benchmark to compare with: a method of the same class or {@code Class.method}, with the
   * same parameters, or those in brackets behind it.
   */
  String to() default "";

  /** A benchmark of the same class whose time is not to count. */
  String minus() default "";

  /** The most that the ratio of the times may be; 0 if there is no bar. */
  double atMost() default 0;

  /** Whether an operation may not allocate. */
  boolean allocationFree() default false;
}
