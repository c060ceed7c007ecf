package dev.virtmem.struct;

/**
 * Where a member of a record lies, for programs in other languages that read the same bytes.
 *
 * @param name the member's name; of a member of an inner record, with the outer names before it, as
 *     in {@code origin.x}
 * @param type such as {@code int}, {@code byte[4]}, {@code String(20)}, {@code Point}, {@code
 *     Node*}, or {@code enum Color(1)} with the bytes it takes in brackets
 * @param offset bytes from the start of the outermost record
 * @param size bytes
 */
public record MemberLayout(String name, String type, int offset, int size) {}
