/**
 * Records as structs. {@link dev.virtmem.struct.RecordType} lays a record class out, and reads and
 * writes records; its members ({@link dev.virtmem.struct.Member}) reach single fields without
 * moving, or making, the whole record. {@link dev.virtmem.RecordPointer} is the everyday way in.
 */
package dev.virtmem.struct;
