/**
 * The page cache, which nobody outside of this module sees. {@link dev.virtmem.cache.PageCache}
 * states its invariants. From there, in the order of an access: {@code HitPath} (the page is in a
 * frame), {@code Access} (ranges, piece by piece), {@code Pager} (the page is not), {@code
 * ReadAhead} (how much to read), {@code WriteBack} (what to write), {@code Transfers} (out to the
 * store).
 */
package dev.virtmem.cache;
