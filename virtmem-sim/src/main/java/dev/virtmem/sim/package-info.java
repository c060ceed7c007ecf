/**
 * Modelled devices. Start at {@link dev.virtmem.sim.SimulatedChipStore} for a store on a simulated
 * chip, and at {@link dev.virtmem.sim.SimulatedSpiProvider} to run any Pi4J program against
 * simulated chips. {@link dev.virtmem.sim.VirtualClock} says what the traffic would have taken.
 *
 * <p>{@link dev.virtmem.sim.Faults} lists what can be wrong with a chip or the wires to it; a
 * {@link dev.virtmem.sim.FaultyWire} has them, and can be repaired. A {@link
 * dev.virtmem.sim.CommandLog} shows what was on the wires, and whether threads took turns.
 */
package dev.virtmem.sim;
