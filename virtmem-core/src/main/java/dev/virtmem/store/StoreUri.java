package dev.virtmem.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names a store: {@code scheme:rest?key=value&key=value}, such as {@code heap:1M} or {@code
 * file:/var/pool?size=64M}.
 *
 * <p>The rest goes up to the first {@code ?} and may be empty. It and the values are taken as they
 * are, except that {@code %} and two hex digits stand for one byte of UTF-8: {@code %3F} is a
 * question mark, {@code %25} a percent sign.
 *
 * <p>For authors of {@linkplain StoreProvider providers}: each accessor also notes that the
 * parameter exists, so that {@link #checkAllUsed()} can tell the user what does. Not safe for use
 * by several threads.
 */
public final class StoreUri {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
  private static final Pattern SIZE = Pattern.compile("(\\d+) ?(?:([KMG])(?:I?B)?|B)?");

  private final String text;
  private final String scheme;
  private final String rest;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  private StoreUri(String text) {
    this.text = text;
    int colon = text.indexOf(':');
    if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' names no store: SCHEME:REST?KEY=VALUE is needed, such as heap:1M");
    }
    scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    int question = text.indexOf('?', colon);
    rest = decode(text.substring(colon + 1, question < 0 ? text.length() : question));
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        addParameter(pair);
      }
    }
  }

  /**
   * Takes a URI apart.
   *
   * @param text {@code scheme:rest?key=value&key=value}
   * @return its parts
   * @throws IllegalArgumentException if the text has no scheme, a parameter without a key or a
   *     value, a parameter twice, or a bad {@code %} escape
   */
  public static StoreUri parse(String text) {
    return new StoreUri(text);
  }

  /**
   * Returns this URI with a parameter set, whatever it was before.
   *
   * @param key the parameter, not empty
   * @param value its value as it is; what it would need to be escaped is escaped
   * @return another URI, of which no parameter was asked for yet
   * @throws IllegalArgumentException if the key is empty or has a character that cannot be in a key
   */
  public StoreUri with(String key, String value) {
    if (key.isEmpty() || key.matches(".*[=&].*")) {
      throw new IllegalArgumentException("'" + key + "' is no name of a parameter");
    }
    int question = text.indexOf('?');
    var pairs = new ArrayList<String>();
    if (question >= 0) {
      pairs.addAll(List.of(text.substring(question + 1).split("&", -1)));
      pairs.removeIf(pair -> pair.startsWith(key + "="));
    }
    pairs.add(key + "=" + value.replace("%", "%25").replace("&", "%26"));
    String before = question < 0 ? text : text.substring(0, question);
    return new StoreUri(before + "?" + String.join("&", pairs));
  }

  /**
   * Reads a number of bytes.
   *
   * @param what what the size is of, for the message of an exception
   * @param text a whole number, at least 0, alone or with K, M or G for powers of 1024, B, KB or
   *     KiB and so on, in either case
   * @return bytes
   * @throws IllegalArgumentException if the text has another form or the size is above
   *     2<sup>63</sup> - 1
   */
  public static long parseSize(String what, String text) {
    var matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          what
              + " must be a number of bytes, with K, M or G for powers of 1024,"
              + " such as 65536, 64K or 64KiB; got '"
              + text
              + "'");
    }
    String prefix = matcher.group(2);
    int shift = prefix == null ? 0 : 10 * (1 + "KMG".indexOf(prefix));
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          what + " must be at most " + Long.MAX_VALUE + " bytes, got '" + text + "'", e);
    }
  }

  /**
   * Returns the part before the first colon.
   *
   * @return the scheme in lower case, never empty
   */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the part between the first colon and the first question mark.
   *
   * @return the rest with its escapes resolved, maybe empty
   */
  public String rest() {
    return rest;
  }

  /**
   * Returns a parameter as it is.
   *
   * @param key the parameter
   * @param fallback what to return if it is absent, maybe null
   * @return the value with its escapes resolved, or {@code fallback}
   */
  public String text(String key, String fallback) {
    known.add(key);
    return parameters.getOrDefault(key, fallback);
  }

  /**
   * Returns a parameter that is a number of bytes.
   *
   * @param key the parameter
   * @param fallback what to return if it is absent
   * @return bytes, at least 0, or {@code fallback}
   * @throws IllegalArgumentException if {@link #parseSize(String, String) parseSize} refuses the
   *     value
   */
  public long size(String key, long fallback) {
    return value(key, fallback, value -> parseSize(key + " in " + text, value));
  }

  /**
   * Returns a parameter that is a whole number.
   *
   * @param key the parameter
   * @param fallback what to return if it is absent
   * @param min the smallest value allowed
   * @param max the largest value allowed
   * @return the number, or {@code fallback}
   * @throws IllegalArgumentException if the value is no number or out of range
   */
  public long number(String key, long fallback, long min, long max) {
    String allowed = "a whole number from " + min + " to " + max;
    return value(
        key,
        fallback,
        value -> {
          long number;
          try {
            number = Long.parseLong(value);
          } catch (NumberFormatException e) {
            throw refused(key, value, allowed, e);
          }
          if (number < min || number > max) {
            throw refused(key, value, allowed, null);
          }
          return number;
        });
  }

  /**
   * Returns a parameter that is on or off.
   *
   * @param key the parameter
   * @param fallback what to return if it is absent
   * @return true for {@code true}, {@code yes}, {@code on} and {@code 1}, false for {@code false},
   *     {@code no}, {@code off} and {@code 0}, in either case; or {@code fallback}
   * @throws IllegalArgumentException if the value is none of these
   */
  public boolean flag(String key, boolean fallback) {
    return value(
        key,
        fallback,
        value ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw refused(key, value, "true or false", null);
            });
  }

  /**
   * Returns a parameter that is one of a few words: the constants of an enum, with {@code -} for
   * {@code _}, in either case.
   *
   * @param <E> the enum
   * @param key the parameter
   * @param fallback what to return if it is absent, not null
   * @return the constant, or {@code fallback}
   * @throws IllegalArgumentException if the value is no constant of the enum
   */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    return value(
        key,
        fallback,
        value ->
            Arrays.stream(constants)
                .filter(constant -> word(constant).equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(
                    () ->
                        refused(
                            key,
                            value,
                            Arrays.stream(constants)
                                .map(StoreUri::word)
                                .collect(Collectors.joining(", ", "one of ", "")),
                            null)));
  }

  /**
   * Checks that this URI has no parameter but those that were asked for so far.
   *
   * @throws IllegalArgumentException if it has another one; the message lists those that exist
   */
  public void checkAllUsed() {
    var unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown parameter "
              + String.join(", ", unknown)
              + " in "
              + text
              + "; "
              + scheme
              + ": has "
              + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }

  /** Returns the text that this URI was made from. */
  @Override
  public String toString() {
    return text;
  }

  private void addParameter(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "parameter '" + pair + "' in " + text + " must have the form KEY=VALUE");
    }
    String key = pair.substring(0, equals);
    if (parameters.putIfAbsent(key, decode(pair.substring(equals + 1))) != null) {
      throw new IllegalArgumentException("parameter " + key + " is given twice in " + text);
    }
  }

  private String decode(String part) {
    try {
      // The decoder is one for web forms, where a plus sign is a space.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%' in " + text + " must be followed by two hex digits; %25 is a percent sign", e);
    }
  }

  private <T> T value(String key, T fallback, Function<String, T> parser) {
    String value = text(key, null);
    return value == null ? fallback : parser.apply(value);
  }

  private IllegalArgumentException refused(
      String key, String value, String allowed, NumberFormatException cause) {
    return new IllegalArgumentException(
        key + " in " + text + " must be " + allowed + ", got '" + value + "'", cause);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
