package dev.managedidentity.operator.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists every error and is made to be printed. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<SettingError> errors;

  InvalidSettingsException(List<SettingError> errors) {
    super(message(errors), null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** Everything that is wrong. */
  public List<SettingError> errors() {
    return errors;
  }

  private static String message(List<SettingError> errors) {
    var heading =
        errors.size() == 1
            ? "The configuration has an error:\n"
            : "The configuration has %d errors:\n".formatted(errors.size());
    return errors.stream()
        .map(error -> "  - " + error)
        .collect(Collectors.joining("\n", heading, "\n"));
  }
}
