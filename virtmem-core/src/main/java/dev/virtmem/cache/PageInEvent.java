package dev.virtmem.cache;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virtmem.PageIn")
@Label("Page-in")
@Category("Virtual memory")
@Description("Bytes read from the backing store into frames")
@StackTrace(false)
final class PageInEvent extends Event {
  @Label("Address")
  long address;

  @Label("Size")
  @DataAmount
  int bytes;
}
