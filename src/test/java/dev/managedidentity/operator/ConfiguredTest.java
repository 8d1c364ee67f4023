package dev.managedidentity.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.settings.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredTest {
  @ParameterizedTest
  @MethodSource
  void oneWordSaysWhichCloud(String word, Cloud cloud, String audience) {
    var azure = SettingsReader.read(Optional.empty(), Map.of("MIO_AZURE_CLOUD", word)).azure();

    assertThat(Configured.cloud(azure)).isEqualTo(cloud);
    assertThat(Configured.audience(azure, cloud)).isEqualTo(audience);
  }

  private static Stream<Arguments> oneWordSaysWhichCloud() {
    return Stream.of(
        Arguments.of("Public", Cloud.PUBLIC, "api://AzureADTokenExchange"),
        Arguments.of("USGovernment", Cloud.US_GOVERNMENT, "api://AzureADTokenExchangeUSGov"),
        Arguments.of("China", Cloud.CHINA, "api://AzureADTokenExchangeChina"));
  }
}
