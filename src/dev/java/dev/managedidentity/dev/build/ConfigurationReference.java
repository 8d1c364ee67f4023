package dev.managedidentity.dev.build;

import dev.managedidentity.operator.settings.PropertyDefinition;
import dev.managedidentity.operator.settings.SettingsEnvironment;
import java.util.List;

/** docs/reference/configuration.md: every key of the operator's configuration. */
final class ConfigurationReference {
  private static final String INTRODUCTION =
      """
      # Configuration of the operator

      <!-- Generated from the records in dev.managedidentity.operator.settings by `make docs`. -->

      The operator reads its configuration once, at start: defaults, overridden by a YAML file, overridden by
      environment variables. When anything is wrong it lists every error and does not start.

      - The file is named by the argument `--config FILE` or the environment variable `%s`;
        the argument wins. Without either there is no file. Keys are nested: `http.port` is `http: {port: 8080}`.
      - A key that does not exist is an error, in the file and among the environment variables that begin with `%s`.
        An empty variable and a key without a value count as not given.
      - In a pod, set `enableServiceLinks: false`: a Service called `mio-http` would otherwise set `MIO_HTTP_PORT`.
      - Nothing here is a secret. The operator signs in with azure-identity's DefaultAzureCredential, which reads its own
        variables (`AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_FEDERATED_TOKEN_FILE` ...).

      """
          .formatted(SettingsEnvironment.FILE, PropertyDefinition.VARIABLE_PREFIX);

  private static final String ENVIRONMENT_ONLY =
      """

      ## Environment only

      """;

  private ConfigurationReference() {}

  static GeneratedFile page() {
    var keys =
        new MarkdownTable(
            List.of("Key", "Environment variable", "Must be", "Default", "Meaning"),
            PropertyDefinition.all().stream().map(ConfigurationReference::row).toList());
    var variables =
        new MarkdownTable(
            List.of("Environment variable", "Must be", "Default", "Meaning"),
            List.of(
                List.of(
                    code(SettingsEnvironment.FILE),
                    "the path of a YAML file",
                    "none",
                    "The configuration file, unless `--config` names one."),
                List.of(
                    code(SettingsEnvironment.LOG_LEVEL),
                    "one of " + String.join(", ", SettingsEnvironment.LOG_LEVELS),
                    code("info"),
                    "Level of the operator's own log lines, JSON on standard output. Libraries log"
                        + " at `warn`.")));
    return ReferencePage.of("configuration.md", INTRODUCTION + keys + ENVIRONMENT_ONLY + variables);
  }

  private static List<String> row(PropertyDefinition property) {
    var absent = property.isRequired() ? "required" : "none";
    return List.of(
        code(property.key()),
        code(property.variable()),
        property.syntax().allowed(),
        property.fallback().map(ConfigurationReference::code).orElse(absent),
        property.description());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
