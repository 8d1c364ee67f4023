package dev.managedidentity.operator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("MANAGED_IDENTITY_OPERATOR_CONFIG", "/etc/environment.yaml");

  @Test
  void theArgumentWinsOverTheEnvironment() {
    assertThat(Arguments.configurationFile(List.of("--config", "/etc/a.yaml"), ENVIRONMENT))
        .contains(Path.of("/etc/a.yaml"));
  }

  @Test
  void theEnvironmentNamesTheFileWhenNoArgumentDoes() {
    assertThat(Arguments.configurationFile(List.of(), ENVIRONMENT))
        .contains(Path.of("/etc/environment.yaml"));
  }

  @Test
  void noFileIsNamedByDefault() {
    assertThat(Arguments.configurationFile(List.of(), Map.of())).isEmpty();
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Arguments.configurationFile(List.of("--confg", "a.yaml"), Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("\"--confg a.yaml\" is not understood. It must be empty or --config");
  }
}
