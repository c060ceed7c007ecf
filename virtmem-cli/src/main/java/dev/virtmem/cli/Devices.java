package dev.virtmem.cli;

import java.util.List;
import java.util.OptionalInt;

/**
 * The devices of a computer.
 *
 * @param spi what spidev makes of chip selects
 * @param serial serial ports with hardware behind them
 * @param cards whole memory cards
 * @param transferLimit bytes that spidev takes in one transfer, if it says so
 * @param problems what keeps the SPI devices from being there, then what keeps this user from
 *     devices
 */
record Devices(
    List<Device> spi,
    List<Device> serial,
    List<Device> cards,
    OptionalInt transferLimit,
    List<Problem> problems) {}
