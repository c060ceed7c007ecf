/**
 * Which page gives up its frame when another needs one.
 *
 * <p>Start at {@link dev.virtmem.policy.Policies}, which makes a policy by name, and at {@link
 * dev.virtmem.policy.ReplacementPolicy}, which a page cache calls.
 */
package dev.virtmem.policy;
