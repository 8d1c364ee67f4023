package dev.managedidentity.dev.cluster;

/** The control plane cannot be had; the message says why, with the last lines of the guilty log. */
public final class ControlPlaneFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ControlPlaneFailedException(String message) {
    super(message);
  }

  ControlPlaneFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether another process took a port between its choice and its use. */
  boolean isPortTaken() {
    return String.valueOf(getMessage()).contains("address already in use");
  }
}
