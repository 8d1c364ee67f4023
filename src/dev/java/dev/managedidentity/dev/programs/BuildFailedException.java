package dev.managedidentity.dev.programs;

/** Programs cannot be built; the message says why, with the last lines of the output. */
public final class BuildFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BuildFailedException(String message) {
    super(message);
  }

  BuildFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
