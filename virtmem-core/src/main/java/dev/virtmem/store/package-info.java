/**
 * Where the bytes live: the {@linkplain dev.virtmem.store.BackingStore contract of a backing
 * store}, decorators, and the two stores that need no device. {@link dev.virtmem.store.Stores}
 * opens any store on the module or class path by a URI.
 */
package dev.virtmem.store;
