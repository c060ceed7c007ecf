package dev.virtmem.cache;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.virtmem.WriteBack")
@Label("Write-back")
@Category("Virtual memory")
@Description("Dirty bytes written to the backing store")
@StackTrace(false)
final class WriteBackEvent extends Event {
  @Label("Address")
  long address;

  @Label("Size")
  @DataAmount
  int bytes;
}
