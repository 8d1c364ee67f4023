package dev.managedidentity.dev.emulator.behaviour;

import java.util.OptionalInt;

/** A way for a request to go wrong. */
public sealed interface Fault {

  /** The operation is refused with this error and has no effect. */
  record Fail(int status, String code, String message, OptionalInt retryAfterSeconds)
      implements Fault {}

  /** The connection breaks before the operation has any effect. */
  record DropBeforeEffect() implements Fault {}

  /** The operation takes effect and its reply is lost. */
  record LoseReply() implements Fault {}

  /** The operation waits until it is released, then goes on as if nothing had been. */
  record Hang() implements Fault {}

  /** Somebody else's change comes first; then the operation goes on as if nothing had been. */
  record EditFirst(Runnable edit) implements Fault {}
}
