package dev.managedidentity.operator.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator's command line and environment say about where its configuration is. */
public final class Arguments {
  private static final String OPTION = "--config";

  private Arguments() {}

  /**
   * The configuration file: {@code --config FILE} or the environment variable {@link
   * SettingsEnvironment#FILE}; the argument wins.
   *
   * @throws InvalidSettingsException when there is another argument
   */
  public static Optional<Path> configurationFile(
      List<String> arguments, Map<String, String> environment) {
    if (arguments.isEmpty()) {
      return Optional.ofNullable(environment.get(SettingsEnvironment.FILE))
          .filter(file -> !file.isEmpty())
          .map(Path::of);
    }
    if (arguments.size() == 2 && arguments.getFirst().equals(OPTION)) {
      return Optional.of(Path.of(arguments.getLast()));
    }
    throw refused(arguments);
  }

  private static InvalidSettingsException refused(List<String> arguments) {
    return new InvalidSettingsException(
        List.of(
            new SettingError(
                "The command line \"%s\"".formatted(String.join(" ", arguments)),
                "is not understood",
                "It must be empty or %s FILE; everything else is in the file and the environment."
                    .formatted(OPTION))));
  }
}
