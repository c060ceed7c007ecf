package dev.virtmem.cache;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.virtmem.LockWait")
@Label("Wait for a shared memory")
@Category("Virtual memory")
@Description("A thread waited for the mutex of a memory that several threads use")
final class LockWaitEvent extends Event {}
