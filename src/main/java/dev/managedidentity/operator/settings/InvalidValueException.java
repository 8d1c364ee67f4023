package dev.managedidentity.operator.settings;

import java.util.List;

/** A value breaks the rule of its key, in one place or, where it is a list, in several. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Fault> faults;

  InvalidValueException(String wrong) {
    this(List.of(new Fault("", wrong, "")));
  }

  InvalidValueException(List<Fault> faults) {
    super(faults.getFirst().wrong());
    this.faults = List.copyOf(faults);
  }

  /** What is wrong first, as the rest of a sentence that begins with the key: "is a list". */
  String wrong() {
    return faults.getFirst().wrong();
  }

  /** Everything that is wrong. */
  List<Fault> faults() {
    return faults;
  }

  /**
   * One thing that is wrong.
   *
   * @param below where in the value, such as {@code [1].name}; empty for the value itself
   * @param wrong as the rest of a sentence that begins with the place
   * @param allowed what to write instead, as a sentence; empty where the rule of the key says it
   */
  record Fault(String below, String wrong, String allowed) {}
}
