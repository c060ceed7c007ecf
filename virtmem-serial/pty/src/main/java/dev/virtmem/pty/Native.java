package dev.virtmem.pty;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/** Functions of the C library. */
final class Native {
  private Native() {}

  /** Returns what calls a function, or null if there is none of that name. */
  @SuppressWarnings("restricted")
  static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(at -> linker.downcallHandle(at, FunctionDescriptor.of(result, arguments)))
        .orElse(null);
  }
}
