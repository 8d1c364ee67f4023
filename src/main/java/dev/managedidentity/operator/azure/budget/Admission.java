package dev.managedidentity.operator.azure.budget;

import java.time.Duration;

/** Whether a call may be sent. */
public sealed interface Admission {
  /** It may, once. */
  record Admitted(Pass pass) implements Admission {}

  /** Azure has asked to send none for so long that it is better not to wait here. */
  record Paused(Duration rest) implements Admission {}
}
