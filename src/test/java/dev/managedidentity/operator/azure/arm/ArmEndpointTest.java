package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmEndpointTest {
  private final ArmEndpoint endpoint = new ArmEndpoint("https://arm.test");

  @ParameterizedTest
  @CsvSource({
    "https://arm.test/subscriptions/s?a=b, /subscriptions/s?a=b",
    "HTTPS://ARM.TEST/subscriptions/s, /subscriptions/s",
    "https://arm.test:443/subscriptions/s, /subscriptions/s",
    "https://arm.test/x?$skiptoken=a|b c#d, /x?$skiptoken=a%7Cb%20c",
    "https://arm.test/x?t=%7B1%7D, /x?t=%7B1%7D",
    "/subscriptions/plätze, /subscriptions/pl%C3%A4tze",
  })
  void aLinkToTheEndpointIsATarget(String link, String target) throws IOException {
    assertThat(endpoint.target(link)).isEqualTo(target);
    assertThat(endpoint.absolute(link)).isEqualTo("https://arm.test" + target);
    assertThat(endpoint.target(endpoint.absolute(link))).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://arm.test/x",
        "https://evil.test/x",
        "https://arm.test.evil.test/x",
        "https://arm.test@evil.test/x",
        "https://arm.test:8443/x",
        "https://evil.test\\@arm.test/x",
        "https://arm.test?x",
        "https://arm.test",
        "//evil.test/x",
        "subscriptions/s",
        "file:///etc/passwd",
        ""
      })
  void aLinkAwayIsRefused(String link) {
    assertThatThrownBy(() -> endpoint.target(link))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a link away from https://arm.test");
  }

  @Test
  void whatALinkProvesIsNotRepeated() {
    assertThatThrownBy(() -> endpoint.target("https://evil.test/x?sig=secret"))
        .hasMessageEndingWith("to https://evil.test/x");
  }

  @Test
  void anEndpointMayHaveAPath() throws IOException {
    var deep = new ArmEndpoint("https://stack.test:8443/arm");

    assertThat(deep.target("https://stack.test:8443/arm/x?y")).isEqualTo("/x?y");
    assertThatThrownBy(() -> deep.target("https://stack.test:8443/army/x"))
        .isInstanceOf(IOException.class);
  }
}
