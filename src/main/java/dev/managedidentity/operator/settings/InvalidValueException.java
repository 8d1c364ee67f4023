package dev.managedidentity.operator.settings;

/** A value breaks the rule of its key. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String wrong;

  InvalidValueException(String wrong) {
    super(wrong);
    this.wrong = wrong;
  }

  /** What is wrong, as the rest of a sentence that begins with the key, such as "is a list". */
  String wrong() {
    return wrong;
  }
}
