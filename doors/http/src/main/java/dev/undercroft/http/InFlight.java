package dev.undercroft.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests that are being answered, so that a stop can wait for them. Thread-safe. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private int count;
  private boolean closing;

  /** Counts one more, unless the server is stopping. */
  boolean enter() {
    lock.lock();
    try {
      if (closing) {
        return false;
      }
      count++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Counts one less. */
  void leave() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server is stopping. */
  boolean closing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more, and waits until all have left or the time is over. */
  boolean close(Duration patience) {
    lock.lock();
    try {
      closing = true;
      long left = patience.toNanos();
      while (count > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
      return count == 0;
    } catch (InterruptedException stopNow) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
