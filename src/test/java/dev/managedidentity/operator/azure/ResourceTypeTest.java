package dev.managedidentity.operator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTypeTest {
  @ParameterizedTest
  @CsvSource({
    "/subscriptions/S/resourceGroups/g/providers/Microsoft.Web/sites/a, microsoft.web/sites",
    "/subscriptions/S/resourcegroups/g/Providers/Microsoft.Web/Sites/a/slots/b,"
        + " microsoft.web/sites/slots",
    "/subscriptions/S/providers/Microsoft.X/things/a, microsoft.x/things",
    "/subscriptions/S/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a"
        + "/providers/Microsoft.Y/extras/b, microsoft.y/extras",
  })
  void isThatOfTheLastProvider(String id, String type) {
    assertThat(ResourceType.of(id))
        .hasValueSatisfying(
            found -> {
              assertThat(found).hasToString(type);
              assertThat(found.subscriptionId()).isEqualTo("s");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/subscriptions/S",
        "/subscriptions/S/resourceGroups/g",
        "/subscriptions/S/resourceGroups/g/providers/Microsoft.Web/sites",
        "/subscriptions/S/resourceGroups/g/providers/Microsoft.Web/sites/a/slots",
        "/providers/Microsoft.Management/managementGroups/g"
      })
  void whatIsNoResourceHasNone(String id) {
    assertThat(ResourceType.of(id)).isEmpty();
  }
}
