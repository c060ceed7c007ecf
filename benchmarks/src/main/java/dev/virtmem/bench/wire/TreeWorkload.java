package dev.virtmem.bench.wire;

import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.RecordWalker;
import dev.virtmem.VirtualMemory;
import dev.virtmem.struct.IntMember;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;
import java.util.Arrays;

/** W7: a binary search tree, not balanced; keys inserted and looked up. */
final class TreeWorkload implements Workload {
  private static final int COUNT = 2_000;

  /** A node of the tree, in virtual memory. */
  record Node(int key, RecordPointer<Node> left, RecordPointer<Node> right) {}

  private IntMember<Node> key;
  private PointerMember<Node, RecordPointer<Node>> left;
  private PointerMember<Node, RecordPointer<Node>> right;
  private RecordPointer<Node> root;
  private int found;

  @Override
  public void run(Machine machine) {
    var type = RecordType.of(Node.class, machine.memory());
    key = type.intMember("key");
    left = type.pointerMember("left", PointerType.record(Node.class));
    right = type.pointerMember("right", PointerType.record(Node.class));

    machine.measure("W7a", () -> build(machine.memory()));
    verifyTree(machine.memory());

    machine.measure("W7b", this::lookUp);
    Machine.verify(found == COUNT, "W7b found " + found + " of " + COUNT + " keys");
  }

  private void build(VirtualMemory memory) {
    root = null;
    var random = new RandomSequence();
    for (int i = 0; i < COUNT; i++) {
      insert(memory, random.next());
    }
  }

  private void insert(VirtualMemory memory, int newKey) {
    RecordPointer<Node> node = memory.allocate(new Node(newKey, null, null));
    if (root == null) {
      root = node;
      return;
    }
    RecordWalker<Node> at = root.walker();
    while (true) {
      var side = newKey < key.get(at) ? left : right;
      if (side.targetAddress(at) == 0) {
        side.set(at, node);
        return;
      }
      at.follow(side);
    }
  }

  private void lookUp() {
    found = 0;
    var random = new RandomSequence();
    for (int i = 0; i < COUNT; i++) {
      found += contains(random.next()) ? 1 : 0;
    }
  }

  private boolean contains(int wanted) {
    for (RecordWalker<Node> at = root.walker(); !at.isNull(); ) {
      int here = key.get(at);
      if (here == wanted) {
        return true;
      }
      at.follow(wanted < here ? left : right);
    }
    return false;
  }

  /** Walks the tree in order: the keys must come out sorted. */
  private void verifyTree(VirtualMemory memory) {
    int[] keys = new int[COUNT];
    int count = collect(root, keys, 0);
    int[] expected = new int[COUNT];
    var random = new RandomSequence();
    for (int i = 0; i < COUNT; i++) {
      expected[i] = random.next();
    }
    Arrays.sort(expected);
    Machine.verify(count == COUNT && Arrays.equals(keys, expected), "W7a left a wrong tree");
    memory.check();
  }

  private int collect(RecordPointer<Node> node, int[] keys, int from) {
    if (node.isNull()) {
      return from;
    }
    int at = collect(left.get(node), keys, from);
    keys[at] = key.get(node);
    return collect(right.get(node), keys, at + 1);
  }
}
