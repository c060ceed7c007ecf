package dev.virtmem.spiram;

/**
 * Arithmetic in the field of 256 elements, with the polynomial x<sup>8</sup> + x<sup>4</sup> +
 * x<sup>3</sup> + x<sup>2</sup> + 1 and 2 as its generator, as RAID 6 has it (H. P. Anvin, The
 * mathematics of RAID-6). Addition is exclusive or.
 */
final class Galois {
  private static final int POLYNOMIAL = 0x11d;
  private static final int ORDER = 255;
  private static final byte[] POWERS = new byte[2 * ORDER];
  private static final byte[] LOGARITHMS = new byte[ORDER + 1];

  static {
    int value = 1;
    for (int i = 0; i < ORDER; i++) {
      POWERS[i] = (byte) value;
      POWERS[i + ORDER] = (byte) value;
      LOGARITHMS[value] = (byte) i;
      value <<= 1;
      if (value > ORDER) {
        value ^= POLYNOMIAL;
      }
    }
  }

  private Galois() {}

  /** Returns 2 to the power of an exponent from 0 to 254, the factor of a region in Q. */
  static int power(int exponent) {
    return POWERS[exponent] & 0xff;
  }

  /** Returns a quotient. */
  static int divide(int dividend, int divisor) {
    if (dividend == 0) {
      return 0;
    }
    int difference = (LOGARITHMS[dividend] & 0xff) - (LOGARITHMS[divisor] & 0xff);
    return POWERS[difference < 0 ? difference + ORDER : difference] & 0xff;
  }

  /**
   * Adds a multiple of bytes to other bytes.
   *
   * @param factor 0 to 255
   */
  static void add(byte[] target, int at, byte[] source, int from, int count, int factor) {
    if (factor == 0) {
      return;
    }
    int logarithm = LOGARITHMS[factor] & 0xff;
    for (int i = 0; i < count; i++) {
      int value = source[from + i] & 0xff;
      if (value != 0) {
        target[at + i] ^= POWERS[logarithm + (LOGARITHMS[value] & 0xff)];
      }
    }
  }
}
