package dev.virtmem.struct;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fixed size of a record's {@code String} or array:
 *
 * <pre>{@code
 * record Person(@Size(20) String name, @Size(3) int[] scores) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Size {
  /**
   * Returns the size.
   *
   * @return of a string, the bytes that it may take in UTF-8; of an array, the exact number of its
   *     elements; at least 1
   */
  int value();
}
