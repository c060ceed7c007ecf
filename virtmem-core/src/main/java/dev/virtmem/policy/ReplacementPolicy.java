package dev.virtmem.policy;

/**
 * Decides which frame gives up its page when another page needs one.
 *
 * <p>A policy knows frames by number, from 0 to the number it was made for less one, and keeps its
 * own record of those that hold a page. A page cache calls it from one thread at a time. The policy
 * never does I/O.
 */
public interface ReplacementPolicy {

  /** What a policy may ask about the frames when it looks for a victim. */
  interface Frames {

    /**
     * Tells whether a frame must not be a victim.
     *
     * @param frame its number
     * @return true while a lock or a transfer under way holds it
     */
    boolean pinned(int frame);

    /**
     * Tells whether evicting a frame costs a write-back.
     *
     * @param frame its number
     * @return true if some of its bytes differ from the store's
     */
    boolean dirty(int frame);

    /**
     * Counts the frames that are pinned.
     *
     * @return their number
     */
    int pinnedCount();

    /**
     * Counts the frames whose eviction costs a write-back.
     *
     * @return their number
     */
    int dirtyCount();
  }

  /**
   * Returns how much RAM the policy's records take.
   *
   * @return bytes
   */
  long ramBytes();

  /**
   * Tells whether {@link #hit} must be called. Where it need not, the cache leaves the call out of
   * its quickest path.
   *
   * @return true if hits change what this policy does
   */
  boolean tracksHits();

  /**
   * Notes that a page was brought into a frame.
   *
   * @param frame its number; it held no page
   * @param page the page's number, at least 0
   */
  void inserted(int frame, long page);

  /**
   * Notes an access to a page in a frame other than the one that brought it in.
   *
   * @param frame its number; it holds a page
   */
  void hit(int frame);

  /**
   * Notes that a frame gave up its page for another reason than being a victim.
   *
   * @param frame its number; it held a page
   */
  void removed(int frame);

  /**
   * Chooses a victim. Pinned frames are passed over. The choice is not carried out yet: the cache
   * writes the page back if need be, and on success calls {@link #replaced}.
   *
   * @param frames tells which are pinned or dirty
   * @return the frame's number, or -1 if every frame that holds a page is pinned
   */
  int victim(Frames frames);

  /**
   * Notes that the page of a victim is gone, which is when a policy that remembers evicted pages
   * does so, and that another page was brought into its frame.
   *
   * @param frame as returned by {@link #victim}
   * @param page the number of the page that it holds now, at least 0
   */
  void replaced(int frame, long page);
}
