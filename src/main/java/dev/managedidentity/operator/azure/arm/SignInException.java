package dev.managedidentity.operator.azure.arm;

/** The operator could not sign in: the request never left. */
final class SignInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RuntimeException reason;

  SignInException(RuntimeException reason, String place) {
    super("Signing in at %s failed: %s".formatted(place, reason.getMessage()), reason);
    this.reason = reason;
  }

  /** What the credential threw. */
  RuntimeException reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
