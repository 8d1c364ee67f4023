package dev.managedidentity.dev.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Resource Manager asks of every request: a version, a token, a right, a path that exists. */
class GatewayTest {
  private static final String VERSION = "?api-version=2024-11-30";

  @RegisterExtension static final RunningEmulator EMULATOR = new RunningEmulator();

  private static ArmClient client() {
    return EMULATOR.client();
  }

  private static ArmClient.Reply get(String path) {
    return client().call("GET", path, "");
  }

  private static HttpRequest.Builder anonymous() {
    return client().request("GET", client().identity("any") + VERSION, "");
  }

  @Test
  void asksForAVersionFirst() {
    var reply = client().send(client().request("GET", client().identity("any"), ""));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo("MissingApiVersionParameter");
    assertThat(reply.errorMessage())
        .isEqualTo("The api-version query parameter (?api-version=) is required for all requests.");
  }

  @Test
  void refusesVersionsThatATypeDoesNotHave() {
    var group = "/subscriptions/" + EMULATOR.azure().subscriptionId() + "/resourceGroups/platform";

    var ofService = get(client().identity("any") + "?api-version=2022-04-01");
    var ofArm = get(group + "?api-version=1999-01-01");
    var malformed = get(client().identity("any") + "?api-version=newest");

    assertThat(ofService.status()).isEqualTo(400);
    assertThat(ofService.errorCode()).isEqualTo("NoRegisteredProviderFound");
    assertThat(ofService.errorMessage()).contains("'userAssignedIdentities'", "2024-11-30");
    assertThat(ofArm.errorCode()).isEqualTo("InvalidApiVersionParameter");
    assertThat(ofArm.errorMessage()).startsWith("The api-version '1999-01-01' is invalid.");
    assertThat(malformed.errorCode()).isEqualTo("InvalidApiVersionParameter");
  }

  @Test
  void challengesWhoBringsNoToken() {
    var reply = client().send(anonymous());

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.errorCode()).isEqualTo("AuthenticationFailed");
    assertThat(reply.header("www-authenticate").orElse(""))
        .startsWith("Bearer authorization_uri=\"" + EMULATOR.azure().authorityHost());
  }

  @Test
  void challengesWhoBringsSomethingElse() {
    var basic = client().send(anonymous().header("Authorization", "Basic abc"));
    var garbage = client().send(anonymous().header("Authorization", "Bearer abc"));

    assertThat(basic.errorCode()).isEqualTo("AuthenticationFailed");
    assertThat(garbage.status()).isEqualTo(401);
    assertThat(garbage.errorCode()).isEqualTo("InvalidAuthenticationToken");
  }

  @Test
  void refusesATokenOfAnotherEmulator() {
    try (var other = AzureEmulator.start(EmulatorOptions.defaults());
        var stranger = new ArmClient(other)) {
      var reply = client().call(stranger.operatorToken(), "GET", client().group() + VERSION, "");

      assertThat(reply.errorCode()).isEqualTo("InvalidAuthenticationToken");
    }
  }

  @Test
  void refusesATokenForAnotherResource() {
    var vault = token("https://vault.azure.net/.default");

    var reply = client().call(vault, "GET", client().identity("any") + VERSION, "");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.errorCode()).isEqualTo("InvalidAuthenticationTokenAudience");
  }

  @Test
  void acceptsEveryAudienceOfResourceManager() {
    for (var resource :
        new String[] {
          "https://management.azure.com",
          "https://management.azure.com/",
          "https://management.core.windows.net/",
          EMULATOR.azure().armEndpoint(),
          EMULATOR.azure().armEndpoint() + "/"
        }) {
      var reply =
          client().call(token(resource + "/.default"), "GET", client().identity("a") + VERSION, "");

      assertThat(reply.status()).as(resource).isEqualTo(404);
    }
  }

  private static String token(String scope) {
    return client()
        .tokenRequest(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                EMULATOR.azure().clientId(),
                "client_secret",
                EMULATOR.azure().clientSecret(),
                "scope",
                scope))
        .json()
        .path("access_token")
        .asText();
  }

  @Test
  void refusesAnExpiredToken() {
    var token = client().operatorToken();
    EMULATOR.control().advanceClock(Duration.ofHours(2));

    var reply = client().call(token, "GET", client().identity("any") + VERSION, "");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.errorCode()).isEqualTo("ExpiredAuthenticationToken");
  }

  @Test
  void deniesWhatNoRoleAllows() {
    var elsewhere =
        EMULATOR
            .control()
            .outOfBand()
            .addResourceGroup(EMULATOR.azure().subscriptionId(), "forbidden", "westeurope");
    var path =
        elsewhere.scope().path()
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/any";

    var reply = client().call("PUT", path + VERSION, "{\"location\": \"westeurope\"}");

    var operator = EMULATOR.control().activity().getLast().caller();
    ErrorFacts.assertThatError(
        reply,
        "AuthorizationFailed",
        EMULATOR.azure().clientId(),
        operator,
        "Microsoft.ManagedIdentity/userAssignedIdentities/write",
        path);
  }

  @Test
  void deniesAListAtTheProviderOfTheScope() {
    var nobody = EMULATOR.control().outOfBand().addServicePrincipal("nobody");
    var token = client().token(nobody.clientId(), nobody.secret().orElseThrow());
    var list = client().group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

    var reply = client().call(token, "GET", list + VERSION, "");

    ErrorFacts.assertThatError(
        reply,
        "AuthorizationFailed",
        nobody.clientId(),
        nobody.objectId(),
        "Microsoft.ManagedIdentity/userAssignedIdentities/read",
        client().group() + "/providers/Microsoft.ManagedIdentity");
  }

  @Test
  void allowsByARoleAtAnyScopeAbove() {
    var reader = EMULATOR.control().outOfBand().addServicePrincipal("reader");
    var token = client().token(reader.clientId(), reader.secret().orElseThrow());
    client().putIdentity("seen");
    assertThat(client().call(token, "GET", client().identity("seen") + VERSION, "").status())
        .isEqualTo(403);

    EMULATOR.control().outOfBand().grant(reader.objectId(), "Reader", Scope.ROOT);

    assertThat(client().call(token, "GET", client().identity("seen") + VERSION, "").status())
        .isEqualTo(200);
    assertThat(client().call(token, "DELETE", client().identity("seen") + VERSION, "").status())
        .isEqualTo(403);
  }

  @Test
  void knowsNoOtherSubscription() {
    var absent = get("/subscriptions/11111111-2222-3333-4444-555555555555?api-version=2022-12-01");
    var malformed = get("/subscriptions/mine?api-version=2022-12-01");

    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.errorCode()).isEqualTo("SubscriptionNotFound");
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.errorCode()).isEqualTo("InvalidSubscriptionId");
  }

  @Test
  void saysWhatItDoesNotKnow() {
    var group = client().group();

    assertThat(get(group + "/providers/Contoso.Cats/cats/tom" + VERSION).errorCode())
        .isEqualTo("InvalidResourceNamespace");
    assertThat(get(group + "/providers/Microsoft.ManagedIdentity/cats/tom" + VERSION).errorCode())
        .isEqualTo("InvalidResourceType");
    assertThat(get("/subscriptions/a/b/c" + VERSION).status()).isEqualTo(404);
    assertThat(client().call("POST", client().identity("any") + VERSION, "").status())
        .isEqualTo(405);
  }

  @Test
  void readsPathsInAnyCaseAndWithDoubledSlashes() {
    client().putIdentity("Orders");
    var strange = client().identity("ORDERS").replace("resourceGroups", "RESOURCEGROUPS");

    var reply = get("/" + strange.replace("Microsoft.Managed", "microsoft.managed") + VERSION);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo("Orders");
  }

  @Test
  void tellsItsIdsAndEchoesThoseOfTheClient() {
    var id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    var request =
        client()
            .request("GET", client().identity("any") + VERSION, "")
            .header("Authorization", "Bearer " + client().operatorToken());

    var plain = client().send(request.copy());
    var traced =
        client()
            .send(
                request
                    .copy()
                    .header("x-ms-client-request-id", "mine")
                    .header("x-ms-correlation-request-id", id));

    assertThat(plain.header("x-ms-request-id")).isPresent();
    assertThat(plain.header("x-ms-correlation-request-id"))
        .isEqualTo(plain.header("x-ms-request-id"));
    assertThat(plain.header("x-ms-failure-cause")).contains("gateway");
    assertThat(plain.header("x-ms-ratelimit-remaining-subscription-global-reads"))
        .contains("16499");
    assertThat(traced.header("x-ms-correlation-request-id")).contains(id);
    assertThat(traced.header("x-ms-client-request-id")).contains("mine");
  }
}
