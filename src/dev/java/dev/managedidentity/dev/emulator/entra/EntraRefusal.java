package dev.managedidentity.dev.emulator.entra;

/** Ends a request to Entra with an error. */
final class EntraRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient EntraError error;

  EntraRefusal(EntraError error) {
    super("AADSTS" + error.code() + ": " + error.text(), null, false, false);
    this.error = error;
  }

  EntraError error() {
    return error;
  }
}
