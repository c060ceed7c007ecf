package dev.virtmem.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What each policy should do, told with the collections of the JDK and no thought of cost. */
abstract class PolicyModel {

  /** The frames that hold a page, in the order of arrival. */
  final List<Integer> order = new ArrayList<>();

  /** What the policy counts for each frame. */
  final Map<Integer, Integer> count = new HashMap<>();

  static PolicyModel named(String name, int frames) {
    return switch (name) {
      case "FIFO" -> new FifoModel();
      case "CLOCK" -> new ClockModel();
      case "SIEVE" -> new SieveModel();
      case "LRU" -> new LruModel();
      case "S3FIFO" -> new S3FifoModel(frames);
      default -> new CleanFirstModel(name.charAt(name.length() - 1) - '0');
    };
  }

  abstract int victim(ReplacementPolicy.Frames frames);

  void hit(int frame) {}

  void inserted(int frame, long page) {
    order.add(frame);
    count.put(frame, 0);
  }

  void removed(int frame) {
    order.remove((Integer) frame);
  }

  void evicted(int frame) {
    removed(frame);
  }

  List<Integer> unpinned(ReplacementPolicy.Frames frames) {
    return order.stream().filter(frame -> !frames.pinned(frame)).toList();
  }

  private static final class FifoModel extends PolicyModel {
    @Override
    int victim(ReplacementPolicy.Frames frames) {
      return unpinned(frames).stream().findFirst().orElse(-1);
    }
  }

  private static final class CleanFirstModel extends PolicyModel {
    private final int encounters;

    CleanFirstModel(int encounters) {
      this.encounters = encounters;
    }

    @Override
    int victim(ReplacementPolicy.Frames frames) {
      for (int frame : order) {
        boolean due = count.get(frame) == encounters - 1;
        if (!frames.pinned(frame) && (due || !frames.dirty(frame))) {
          return frame;
        }
        if (!due) {
          count.merge(frame, 1, Integer::sum);
        }
      }
      return unpinned(frames).stream().findFirst().orElse(-1);
    }
  }

  private static final class LruModel extends PolicyModel {
    private int now;

    @Override
    void inserted(int frame, long page) {
      order.add(frame);
      hit(frame);
    }

    @Override
    void hit(int frame) {
      count.put(frame, ++now);
    }

    @Override
    int victim(ReplacementPolicy.Frames frames) {
      return unpinned(frames).stream()
          .min((a, b) -> Integer.compare(count.get(a), count.get(b)))
          .orElse(-1);
    }
  }

  private static final class ClockModel extends PolicyModel {
    @Override
    void hit(int frame) {
      count.put(frame, 1);
    }

    @Override
    int victim(ReplacementPolicy.Frames frames) {
      return secondChance(order, count, frames);
    }
  }

  /** Takes the first unpinned frame whose count is 0; others go to the end and count one less. */
  private static int secondChance(
      List<Integer> queue, Map<Integer, Integer> count, ReplacementPolicy.Frames frames) {
    while (true) {
      var first = queue.stream().filter(frame -> !frames.pinned(frame)).findFirst();
      if (first.isEmpty() || count.get(first.get()) == 0) {
        return first.orElse(-1);
      }
      queue.remove(first.get());
      queue.add(first.get());
      count.merge(first.get(), -1, Integer::sum);
    }
  }

  private static final class SieveModel extends PolicyModel {
    private int hand;

    @Override
    void hit(int frame) {
      count.put(frame, 1);
    }

    @Override
    void removed(int frame) {
      if (order.indexOf(frame) < hand) {
        hand--;
      }
      order.remove((Integer) frame);
      if (hand == order.size()) {
        hand = 0;
      }
    }

    @Override
    int victim(ReplacementPolicy.Frames frames) {
      if (unpinned(frames).isEmpty()) {
        return -1;
      }
      while (true) {
        int frame = order.get(hand);
        if (!frames.pinned(frame) && count.put(frame, 0) == 0) {
          return frame;
        }
        hand = (hand + 1) % order.size();
      }
    }
  }

  /** {@link #order} is the small queue. */
  private static final class S3FifoModel extends PolicyModel {
    private final List<Integer> main = new ArrayList<>();
    private final Map<Integer, Long> pageIn = new HashMap<>();
    private final LinkedHashSet<Long> ghosts = new LinkedHashSet<>();
    private final int share;
    private Long latestGhost;

    S3FifoModel(int frames) {
      share = frames - Math.max(1, frames / 10);
    }

    @Override
    void inserted(int frame, long page) {
      boolean known = ghosts.remove(page);
      if (latestGhost != null && latestGhost == page) {
        known = true;
        latestGhost = null;
      }
      settleLatestGhost();
      (known ? main : order).add(frame);
      count.put(frame, 0);
      pageIn.put(frame, page);
    }

    @Override
    void hit(int frame) {
      count.put(frame, Math.min(3, count.get(frame) + 1));
    }

    @Override
    void removed(int frame) {
      order.remove((Integer) frame);
      main.remove((Integer) frame);
    }

    @Override
    void evicted(int frame) {
      if (order.contains(frame)) {
        settleLatestGhost();
        latestGhost = pageIn.get(frame);
      }
      removed(frame);
    }

    /** The latest ghost counts only once the page that it made room for has been looked up. */
    private void settleLatestGhost() {
      if (latestGhost != null) {
        ghosts.add(latestGhost);
        if (ghosts.size() > share) {
          ghosts.removeFirst();
        }
        latestGhost = null;
      }
    }

    @Override
    int victim(ReplacementPolicy.Frames frames) {
      if (main.size() <= share) {
        for (int frame : unpinned(frames)) {
          if (count.get(frame) < 2) {
            return frame;
          }
          order.remove((Integer) frame);
          main.add(frame);
          count.put(frame, 0);
        }
      }
      int victim = secondChance(main, count, frames);
      return victim >= 0 ? victim : unpinned(frames).stream().findFirst().orElse(-1);
    }
  }
}
