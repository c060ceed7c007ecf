/**
 * Which bytes of a pool are whose. Start at {@link dev.virtmem.alloc.Allocator}.
 *
 * <p>The pool is one unbroken row of blocks, each with a header in the pool itself; the layout of
 * headers and footers is drawn in {@code BlockHeaders}. {@code BlockManager} splits and joins
 * blocks and holds no strategy; a {@link dev.virtmem.alloc.Fit} picks the free block for a request.
 * The pool is slow memory, so what counts is the number of distinct pages that an operation
 * touches: the default strategy, {@code FreeSpaceMap}, keeps two bytes of RAM per page and then
 * needs one page to allocate, sometimes two.
 */
package dev.virtmem.alloc;
