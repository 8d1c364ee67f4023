package dev.managedidentity.dev.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: stops what runs, and keeps what fails because of it from looking like a failure. */
final class Interruption {
  private static final long MOMENT_MILLIS = 500;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final Thread hook;

  Interruption(Narration narration, Stage stage) {
    hook =
        new Thread(
            () -> {
              begun.countDown();
              narration.announce("Stopping everything that was started.");
              stage.close();
            },
            "stop the demo");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** From now on the JVM ends because the demo has ended. */
  void disarm() {
    if (begun.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /** Whether it was pressed; waits a moment, because others may feel it before this JVM does. */
  boolean isUnderWay() {
    try {
      return begun.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
