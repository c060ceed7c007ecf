/**
 * Replays recorded accesses of real programs. Start at {@link dev.virtmem.sim.replay.TraceReplay}
 * to see what a trace costs over a device, and at {@link dev.virtmem.sim.replay.PageReplay} to
 * compare replacement policies. {@link dev.virtmem.sim.replay.CostModels} holds three devices to
 * compare on.
 */
package dev.virtmem.sim.replay;
