package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose credential a request gets. */
class SubscriptionAuthenticationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://arm.test      | https://arm.test/subscriptions/s-1                                 | other
          https://arm.test      | https://arm.test/SUBSCRIPTIONS/S-1/resourceGroups/x?api-version=1  | other
          https://arm.test      | https://arm.test/subscriptions/s-2/resourceGroups/x                | own
          https://arm.test      | https://arm.test/subscriptions/s-11                                | own
          https://arm.test      | https://arm.test/subscriptions?api-version=1                       | own
          https://arm.test      | https://arm.test/providers/Microsoft.Management/managementGroups/m | own
          https://arm.test      | https://arm.test/providers/x/subscriptions/s-1                     | own
          https://arm.test/here | https://arm.test/here/subscriptions/s-1                            | other
          https://arm.test/here | https://arm.test/subscriptions/s-1                                 | own
          """)
  void goesByTheSubscriptionInThePath(String endpoint, String url, String who) {
    var http = new RecordedHttp().answering(200, "{}");
    var authentication =
        new SubscriptionAuthentication(endpoint, signing("own"), Map.of("s-1", signing("other")));
    var pipeline = new HttpPipelineBuilder().httpClient(http).policies(authentication).build();

    pipeline.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE).close();

    assertThat(http.requests().getFirst().getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
        .isEqualTo(who);
  }

  private static HttpPipelinePolicy signing(String who) {
    return new SigningPolicy(who);
  }
}
