package dev.managedidentity.operator.certificate;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Looks at something again and again, one look after the other, until it is closed. */
final class Looks implements AutoCloseable {
  private final String name;
  private final Duration interval;
  private final Runnable look;
  private final Semaphore closing = new Semaphore(0);

  /** A look must not throw. */
  Looks(String name, Duration interval, Runnable look) {
    this.name = name;
    this.interval = interval;
    this.look = look;
  }

  /** Begins to look; once. */
  void start() {
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Stops to look; a look that is under way ends by itself. */
  @Override
  public void close() {
    closing.release();
  }

  private void run() {
    try {
      do {
        look.run();
      } while (!closing.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
