package dev.managedidentity.operator.admission;

import java.io.Serial;

/** What was sent is no question of an API server; the message says what is expected. */
final class RefusedRequestException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  RefusedRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status to answer with. */
  int status() {
    return status;
  }
}
