/**
 * Modelled devices. Start at {@link dev.virtmem.sim.SimulatedChipStore} for a store on a simulated
 * chip, and at {@link dev.virtmem.sim.SimulatedSpiProvider} to run any Pi4J program against
 * simulated chips. {@link dev.virtmem.sim.VirtualClock} says what the traffic would have taken.
 */
package dev.virtmem.sim;
