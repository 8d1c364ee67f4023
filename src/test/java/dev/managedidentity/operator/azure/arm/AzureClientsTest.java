package dev.managedidentity.operator.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpRequest;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each credential that an operator in a cluster may have, against prepared answers. */
class AzureClientsTest {
  private static final Cloud CLOUD =
      Cloud.custom("https://login.test", "https://arm.test", "https://arm.test", null);
  private static final SubscriptionCredential OTHER =
      new SubscriptionCredential(List.of("s-2"), "other-tenant", "other-client");
  private static final String TOKEN =
      "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"t-1\"}";
  private static final String TOKEN_OF_THE_NODE =
      """
      {"token_type":"Bearer","expires_in":"3600","expires_on":"4070908800",
       "resource":"https://arm.test","access_token":"t-1"}\
      """;
  private static final Map<String, String> CLIENT_WITH_SECRET =
      Map.of(
          "AZURE_TENANT_ID", "tenant",
          "AZURE_CLIENT_ID", "client",
          "AZURE_CLIENT_SECRET", "secret");

  @TempDir private Path folder = Path.of("");
  private final RecordedHttp http = new RecordedHttp();

  @Test
  void signsInWithAClientSecretFromTheEnvironment() {
    http.answering(200, TOKEN);

    assertThat(token(CLIENT_WITH_SECRET)).isEqualTo("t-1");
    assertThat(http.requests()).hasSize(1);
    assertThat(url()).startsWith("https://login.test/tenant/oauth2/v2.0/token");
    assertThat(body()).contains("client_secret=secret", "scope=https%3A%2F%2Farm.test%2F.default");
  }

  @Test
  void signsInWithWorkloadIdentityAtTheAuthorityHostOfTheCloud() throws IOException {
    http.answering(200, TOKEN);
    var environment =
        Map.of(
            "AZURE_TENANT_ID", "tenant",
            "AZURE_CLIENT_ID", "client",
            "AZURE_AUTHORITY_HOST", "https://login.elsewhere.test/",
            "AZURE_FEDERATED_TOKEN_FILE", tokenFile());

    assertThat(token(environment)).isEqualTo("t-1");
    assertThat(http.requests()).hasSize(1);
    assertThat(url()).startsWith("https://login.test/tenant/oauth2/v2.0/token");
    assertThat(body()).contains("client_assertion=an-assertion");
  }

  @Test
  void signsInWithManagedIdentity() {
    http.answering(200, TOKEN_OF_THE_NODE);

    assertThat(token(Map.of("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")))
        .isEqualTo("t-1");
    assertThat(url())
        .startsWith("http://169.254.169.254/metadata/identity/oauth2/token")
        .contains("resource=https");
  }

  @Test
  void aSubscriptionsOwnClientSignsInWithWorkloadIdentityAndNoSecret() throws IOException {
    http.answering(200, TOKEN);
    var environment = new HashMap<>(CLIENT_WITH_SECRET);
    environment.put("AZURE_FEDERATED_TOKEN_FILE", tokenFile());

    assertThat(token(environment, OTHER)).isEqualTo("t-1");
    assertThat(http.requests()).hasSize(1);
    assertThat(url()).startsWith("https://login.test/other-tenant/oauth2/v2.0/token");
    assertThat(body())
        .contains("client_assertion=an-assertion", "client_id=other-client")
        .doesNotContain("secret=");
  }

  @Test
  void aSubscriptionsOwnClientIsAManagedIdentityWhereThereIsNoTokenFile() {
    http.answering(200, TOKEN_OF_THE_NODE);

    assertThat(token(CLIENT_WITH_SECRET, OTHER)).isEqualTo("t-1");
    assertThat(http.requests()).hasSize(1);
    assertThat(url())
        .startsWith("http://169.254.169.254/metadata/identity/oauth2/token")
        .contains("client_id=other-client");
  }

  private String tokenFile() throws IOException {
    return Files.writeString(folder.resolve("token"), "an-assertion").toString();
  }

  private String token(Map<String, String> environment) {
    return token(
        AzureClients.credential(CLOUD, http, AzureClients.configuration(CLOUD, environment)));
  }

  private String token(Map<String, String> environment, SubscriptionCredential who) {
    return token(
        AzureClients.credential(CLOUD, http, AzureClients.configuration(CLOUD, environment), who));
  }

  private static String token(TokenCredential credential) {
    return credential
        .getTokenSync(new TokenRequestContext().addScopes("https://arm.test/.default"))
        .getToken();
  }

  private HttpRequest request() {
    return http.requests().getFirst();
  }

  private String url() {
    return request().getUrl().toString();
  }

  private String body() {
    return request().getBodyAsBinaryData().toString();
  }
}
