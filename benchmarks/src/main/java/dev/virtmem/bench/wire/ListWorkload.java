package dev.virtmem.bench.wire;

import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;

/** W6: a linked list, built and walked. */
final class ListWorkload implements Workload {
  private static final int COUNT = 2_000;
  private static final int WALKS = 3;

  /** A node of the list, in virtual memory. */
  record Node(int value, RecordPointer<Node> next) {}

  private IntMember<Node> value;
  private PointerMember<Node, RecordPointer<Node>> next;
  private RecordPointer<Node> head;
  private long sum;

  @Override
  public void run(Machine machine) {
    var type = RecordType.of(Node.class, machine.memory());
    value = type.intMember("value");
    next = type.pointerMember("next", PointerType.record(Node.class));

    machine.measure("W6a", () -> build(machine.memory()));
    verifyList();

    machine.measure("W6b", this::walk);
    Machine.verify(sum == expectedSum(), "W6b read something else than W6a wrote");
  }

  private void build(VirtualMemory memory) {
    head = memory.allocate(new Node(0, null));
    RecordPointer<Node> tail = head;
    for (int i = 1; i < COUNT; i++) {
      RecordPointer<Node> node = memory.allocate(new Node(i * i, null));
      next.set(tail, node);
      tail = node;
    }
  }

  private void walk() {
    sum = 0;
    for (int i = 0; i < WALKS; i++) {
      for (var node = head.walker(); !node.isNull(); node.follow(next)) {
        sum = sum * 31 + value.get(node);
      }
    }
  }

  private static long expectedSum() {
    long expected = 0;
    for (int i = 0; i < WALKS * COUNT; i++) {
      expected = expected * 31 + (i % COUNT) * (i % COUNT);
    }
    return expected;
  }

  private void verifyList() {
    var node = head.walker();
    for (int i = 0; i < COUNT; i++) {
      Machine.verify(value.get(node) == i * i, "W6a left a wrong value in node " + i);
      node.follow(next);
    }
    Machine.verify(node.isNull(), "W6a left too long a list");
  }
}
