package dev.managedidentity.dev.emulator.arm;

/** Ends a request to Resource Manager with an error. */
final class ArmRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ArmError error;

  ArmRefusal(ArmError error) {
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  ArmError error() {
    return error;
  }
}
