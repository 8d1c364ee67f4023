package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdMapsTest {
  private static final String NAME = "azure-identity-api";
  private static final String MAP = "/api/v1/namespaces/shop/configmaps/" + NAME;
  private static final AccountAnnotations.Target TARGET =
      new AccountAnnotations.Target(
          "shop",
          "api",
          "binding-1",
          new OwnerReferenceBuilder().withName("binding-1").withUid("uid-1").build());
  private static final String APPLY =
      MAP + "?fieldManager=" + TARGET.fieldManager() + "&force=true";

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final ClientIdMaps maps = new ClientIdMaps(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void publishesUnderTheBindingsOwnNameAndGoesWithIt() {
    api.onPatch(APPLY, 200, map("{}", ""));

    assertThat(maps.publish(NAME, TARGET, Map.of("AZURE_CLIENT_ID", "client-1"))).isEmpty();

    var sent = body(api.requests().getFirst());
    assertThat(sent.at("/data").toString()).isEqualTo("{\"AZURE_CLIENT_ID\":\"client-1\"}");
    assertThat(sent.at("/metadata/ownerReferences/0/uid").textValue()).isEqualTo("uid-1");
    assertThat(sent.at("/metadata/labels/managedidentity.dev~1client-ids").textValue())
        .isEqualTo("true");
  }

  @Test
  void takesBackItsOwnEntriesAndTheMapWhenNothingIsLeft() {
    api.onPatch(APPLY, 200, map("{}", "")).onDelete(MAP, 200, map("{}", ""));

    assertThat(maps.withdraw(NAME, "map-1", TARGET)).isEmpty();

    assertThat(api.calls()).containsExactly("PATCH " + APPLY, "DELETE " + MAP);
  }

  @Test
  void leavesTheMapToOthersWhoHaveEntries() {
    api.onPatch(APPLY, 200, map("{AZURE_CLIENT_ID.payments: client-2}", ""));

    assertThat(maps.withdraw(NAME, "map-1", TARGET)).isEmpty();

    var sent = api.requests();
    assertThat(sent).hasSize(1);
    var metadata = body(sent.getFirst()).get("metadata");
    assertThat(metadata.get("uid").textValue()).as("nothing is made anew").isEqualTo("map-1");
    assertThat(metadata.has("ownerReferences")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void aMapThatIsGoneNeedsNoTakingBack(int code) {
    api.onPatch(APPLY, code, failure(code, "Gone", "gone"));

    assertThat(maps.withdraw(NAME, "map-1", TARGET)).isEmpty();
  }

  @Test
  void aRefusalIsAProblem() {
    api.onPatch(APPLY, 403, failure(403, "Forbidden", "no right"));

    assertThat(maps.publish(NAME, TARGET, Map.of()))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem).isInstanceOf(Problem.Denied.class);
              assertThat(problem.detail()).contains("ConfigMap shop/azure-identity-api");
            });
  }

  @Test
  void knowsItsOwnEntriesAmongThoseOfOthers() {
    var map =
        map(
            "{AZURE_CLIENT_ID: client-1, AZURE_CLIENT_ID.payments: client-2}",
            "[{manager: %s, operation: Apply, fieldsV1: {'f:data': {'f:AZURE_CLIENT_ID': {}}}}]"
                .formatted(TARGET.fieldManager()));

    assertThat(ClientIdMaps.entries(TARGET, map)).isEqualTo(Map.of("AZURE_CLIENT_ID", "client-1"));
    assertThat(ClientIdMaps.account(map)).isEqualTo("api");
  }

  private static ConfigMap map(String data, String fields) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          namespace: shop
          name: azure-identity-api
          uid: map-1
          resourceVersion: "7"
          annotations: {managedidentity.dev/service-account: api}
          managedFields: %s
        data: %s
        """
            .formatted(fields.isEmpty() ? "[]" : fields, data),
        ConfigMap.class);
  }
}
