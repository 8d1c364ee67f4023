package dev.managedidentity.operator.azure.budget;

import java.time.Duration;

/** What the end of a call says about a limit. */
public sealed interface Result {
  /**
   * Azure took it, whatever came of it.
   *
   * @param left how many more it said it takes now; the highest number when it did not say
   */
  record Taken(int left) implements Result {}

  /** Azure took too many before it. */
  record Refused(Duration retryAfter) implements Result {}

  /** No answer came, or one that says nothing of limits. */
  record Unknown() implements Result {}
}
