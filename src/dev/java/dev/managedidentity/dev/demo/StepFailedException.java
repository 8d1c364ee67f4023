package dev.managedidentity.dev.demo;

/** What the demo promises was not seen; the message says what was seen instead. */
final class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StepFailedException(String message) {
    super(message);
  }

  StepFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
