package dev.managedidentity.operator.azure.budget;

import dev.managedidentity.operator.plan.Urgency;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One limit of Azure, shared by any number of threads: each waits for its turn and for the pace. A
 * call that hangs holds one of many places and nothing else.
 */
final class Budget {
  /** Who would wait longer learns it, so that resources can say so. */
  private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

  private static final long FOREVER = Long.MAX_VALUE;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Line<Condition> line = new Line<>();
  private final Pace pace;
  private final ObjectLimits objects = new ObjectLimits();

  Budget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pace = new Pace(nanoTime.getAsLong());
  }

  /**
   * Waits until the call may leave.
   *
   * @param object what the call is about, as one word
   */
  Admission enter(String object, Urgency urgency) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!awaitTurn(urgency)) {
        return new Admission.Paused(Duration.ofNanos(pace.pause(nanoTime.getAsLong())));
      }
      var departure = nanoTime.getAsLong();
      pace.departed(departure);
      return new Admission.Admitted(result -> end(object, departure, result));
    } finally {
      wakeNext();
      lock.unlock();
    }
  }

  /** Calls a second that may leave now; infinite while no limit is known. */
  double rate() {
    lock.lock();
    try {
      return pace.rate();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int waiting() {
    lock.lock();
    try {
      return line.size();
    } finally {
      lock.unlock();
    }
  }

  /** False when Azure has asked for a pause that is too long to wait here. */
  private boolean awaitTurn(Urgency urgency) throws InterruptedException {
    var me = lock.newCondition();
    line.join(urgency, me);
    try {
      while (pace.pause(nanoTime.getAsLong()) <= LONGEST_PAUSE) {
        var delay = me.equals(line.next()) ? delay() : FOREVER;
        if (delay == 0) {
          line.count();
          return true;
        }
        me.awaitNanos(delay);
      }
      return false;
    } finally {
      line.leave(urgency, me);
    }
  }

  private long delay() {
    return pace.underWay() < Pace.MOST ? pace.delay(nanoTime.getAsLong()) : FOREVER;
  }

  private void end(String object, long departure, Result result) {
    lock.lock();
    try {
      var now = nanoTime.getAsLong();
      switch (result) {
        case Result.Taken(var left) -> {
          objects.taken(object, now);
          pace.taken(left);
        }
        case Result.Refused _ when objects.explainsRefusal(object, now) -> pace.ended();
        case Result.Refused(var wait) -> pace.refused(departure, now, wait.toNanos());
        case Result.Unknown _ -> pace.ended();
      }
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void wakeNext() {
    var next = line.next();
    if (next != null) {
      next.signal();
    }
  }
}
