package dev.managedidentity.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CloudTest {
  @Test
  void eachCloudHasItsOwnFederationAudience() {
    assertThat(Cloud.PUBLIC.federationAudience()).isEqualTo("api://AzureADTokenExchange");
    assertThat(Cloud.US_GOVERNMENT.federationAudience())
        .isEqualTo("api://AzureADTokenExchangeUSGov");
    assertThat(Cloud.CHINA.federationAudience()).isEqualTo("api://AzureADTokenExchangeChina");
    assertThat(custom("https://login.local").federationAudience())
        .isEqualTo("api://AzureADTokenExchange");
  }

  @Test
  void onlyACustomCloudIsUnknownToEntra() {
    assertThat(Cloud.PUBLIC.isCustom()).isFalse();
    assertThat(custom("https://login.local").isCustom()).isTrue();
  }

  @Test
  void aTrailingSlashOfAnEndpointDoesNotCount() {
    assertThat(custom("https://login.local:8443/")).isEqualTo(custom("https://login.local:8443"));
  }

  @Test
  void refusesAnEndpointThatIsNotHttps() {
    assertThatThrownBy(() -> custom("http://login.local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The authority host of a cloud is an https URL, not 'http://login.local'");
  }

  private static Cloud custom(String authorityHost) {
    return Cloud.custom(authorityHost, "https://arm.local", "https://arm.local/", null);
  }
}
