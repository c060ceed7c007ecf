/**
 * SPI memory chips as backing stores. Start at {@link dev.virtmem.spiram.SpiRamStore}; the parts
 * that it knows are listed by {@link dev.virtmem.spiram.SpiRamChip#known()}.
 *
 * <p>The connection is Pi4J's {@link com.pi4j.io.spi.Spi}. Which Pi4J provider serves it is the
 * application's choice: a jar on its class path.
 */
package dev.virtmem.spiram;
