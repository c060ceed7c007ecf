/**
 * Pool files on memory cards. Start at {@link dev.virtmem.sdcard.CardStore}; {@link
 * dev.virtmem.sdcard.Wear} tells how the card is worn.
 */
package dev.virtmem.sdcard;
