package dev.virtmem.examples;

import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;

/** Builds, walks, reverses and thins out a list whose nodes live on a chip. */
final class LinkedList {
  record Node(int value, RecordPointer<Node> next) {}

  private static final PointerType<RecordPointer<Node>> NODE = PointerType.record(Node.class);

  private final VirtualMemory memory;
  private final IntMember<Node> value;
  private final PointerMember<Node, RecordPointer<Node>> next;
  private RecordPointer<Node> head;

  private LinkedList(VirtualMemory memory) {
    this.memory = memory;
    var type = RecordType.of(Node.class, memory);
    value = type.intMember("value");
    next = type.pointerMember("next", NODE);
    head = NODE.nullPointer(memory);
  }

  private void push(int number) {
    head = memory.allocate(new Node(number, head));
  }

  /** Reads two members of each node, and makes no object. */
  private long sum() {
    long sum = 0;
    for (var node = head.walker(); !node.isNull(); node.follow(next)) {
      sum += value.get(node);
    }
    return sum;
  }

  private void reverse() {
    RecordPointer<Node> done = NODE.nullPointer(memory);
    for (RecordPointer<Node> node = head; !node.isNull(); ) {
      RecordPointer<Node> rest = next.get(node);
      next.set(node, done);
      done = node;
      node = rest;
    }
    head = done;
  }

  /** Frees each second node; the first one stays. */
  private void thinOut() {
    for (RecordPointer<Node> node = head; !node.isNull(); node = next.get(node)) {
      RecordPointer<Node> second = next.get(node);
      if (!second.isNull()) {
        next.set(node, next.get(second));
        memory.free(second);
      }
    }
  }

  static void main(String[] args) {
    try (var memory = VirtualMemory.builder(StoreOption.of(args)).ram(2048).open()) {
      var list = new LinkedList(memory);
      for (int i = 1; i <= 2_000; i++) {
        list.push(i);
      }
      System.out.println("Head " + list.head.get().value() + ", sum " + list.sum());
      list.reverse();
      System.out.println("Head " + list.head.get().value() + ", sum " + list.sum());
      list.thinOut();
      System.out.println("Sum of each second " + list.sum());
      var heap = memory.heapReport();
      System.out.println(heap.usedBlocks() + " blocks in use, " + heap.freeBlocks() + " free");
      System.out.printf("%.1f %% found in RAM%n", 100 * memory.statistics().hitRate());
    }
  }
}
