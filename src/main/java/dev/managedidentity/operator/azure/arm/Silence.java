package dev.managedidentity.operator.azure.arm;

import dev.managedidentity.operator.plan.Problem;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what it means that no answer came: an exception, of which the SDK has many kinds. */
final class Silence {
  private Silence() {}

  /** What it means that this service did not answer. */
  static Problem problem(String service, RuntimeException cause) {
    var detail = Words.of(root(cause));
    if (isCausedBy(cause, InterruptedException.class)) {
      return new Problem.Unreachable("The operator stopped while it waited for Azure.");
    }
    if (isTimeout(cause)) {
      return new Problem.Unreachable("%s did not answer in time: %s".formatted(service, detail));
    }
    return isCausedBy(cause, IOException.class)
        ? new Problem.Unreachable("%s could not be reached: %s".formatted(service, detail))
        : new Problem.Unexpected("A call to %s failed: %s".formatted(service, detail));
  }

  /** Whether the way to the service is to blame, and no file of this machine. */
  static boolean isOfNetwork(Throwable cause) {
    return !isCausedBy(cause, FileSystemException.class)
        && (isCausedBy(cause, IOException.class) || isTimeout(cause));
  }

  /** The first cause. */
  static Throwable root(Throwable failure) {
    return chain(failure).reduce(failure, (_, deeper) -> deeper);
  }

  private static boolean isTimeout(Throwable cause) {
    return isCausedBy(cause, HttpTimeoutException.class)
        || isCausedBy(cause, TimeoutException.class);
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    return chain(failure).anyMatch(kind::isInstance);
  }

  /** The failure and its causes; cut short, should they go round in a circle. */
  private static Stream<@Nullable Throwable> chain(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(
            failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
        .limit(20);
  }
}
