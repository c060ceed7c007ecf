/** Stores on memory cards. {@link dev.virtmem.sdcard.WearStore} tells how a card is worn. */
package dev.virtmem.sdcard;
