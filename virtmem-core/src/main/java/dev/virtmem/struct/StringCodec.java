package dev.virtmem.struct;

import dev.virtmem.Memory;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Stores a string in UTF-8, followed by zeros up to its fixed size. */
final class StringCodec extends Codec {
  private final String member;

  StringCodec(String member, int size) {
    super(String.class, "String(" + size + ")", size);
    this.member = member;
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    int length = 0;
    while (length < size && bytes[at + length] != 0) {
      length++;
    }
    return new String(bytes, at, length, StandardCharsets.UTF_8);
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(member + ": null, and only a pointer may be null");
    }
    String string = (String) value;
    if (string.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "%s: a zero character at index %d would end the string"
              .formatted(member, string.indexOf(0)));
    }
    ByteBuffer encoded = encode(string);
    int length = encoded.remaining();
    if (length > size) {
      throw new IllegalArgumentException(
          "%s: a string of %d bytes in UTF-8, at most %d fit".formatted(member, length, size));
    }
    encoded.get(bytes, at, length);
    Arrays.fill(bytes, at + length, at + size, (byte) 0);
  }

  private ByteBuffer encode(String string) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(string));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          member + ": the string has half of a surrogate pair, which UTF-8 cannot hold", e);
    }
  }
}
