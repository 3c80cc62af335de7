package dev.undercroft.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the server may use of this machine.
 *
 * @param memoryBytes main memory, or the container's part of it
 */
record MachineFacts(long memoryBytes) {

  static MachineFacts ofThisMachine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
        ? new MachineFacts(os.getTotalMemorySize())
        : new MachineFacts(1L << 30);
  }
}
