package dev.managedidentity.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.golden.Scenario;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With azure-workload-identity in the cluster too, whichever comes first. How that one skips
 * containers, and what it makes of a token volume with a name of its own, is not imitated.
 */
class TwoWebhooksTest {
  private static final String CLIENT = "11111111-1111-1111-1111-111111111111";
  private static final String TENANT = "22222222-2222-2222-2222-222222222222";
  private static final BoundIdentity BOUND =
      new BoundIdentity(
          "orders",
          "orders",
          true,
          Optional.of(CLIENT),
          Optional.of(TENANT),
          "api://AzureADTokenExchange",
          3600,
          false,
          Optional.empty());
  private static final PodAdmission OURS =
      new PodAdmission(
          (_, _) -> new AccountIdentities(List.of(BOUND), false),
          new PodAdmission.Defaults(
              "https://login.microsoftonline.com/", "api://AzureADTokenExchange", 3600),
          UnboundPods.WAIT,
          Set.of());

  static List<Scenario> pods() {
    return Scenario.of("pods").stream()
        .filter(scenario -> scenario.read("in-pod.yaml").contains("use: \"true\""))
        .filter(scenario -> !scenario.read("in-pod.yaml").contains("skip-containers"))
        .filter(scenario -> !scenario.toString().equals("token-volume-that-the-user-has"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void bothOrdersGiveAPodThatSignsInTheSameWay(Scenario scenario) {
    var pod = Serialization.unmarshal(scenario.read("in-pod.yaml"), ObjectNode.class);
    var theirs = new OtherWebhook(CLIENT, TENANT, 3600);

    var oursFirst = theirs.mutate(ours(pod));
    var oursLast = ours(theirs.mutate(pod));

    for (var after : List.of(oursFirst, oursLast)) {
      assertThat(tokenVolumes(after)).isEqualTo(1);
      assertThat(containers(after)).allSatisfy(TwoWebhooksTest::assertConsistent);
    }
    assertThat(containers(oursFirst).map(TwoWebhooksTest::names).toList())
        .isEqualTo(containers(oursLast).map(TwoWebhooksTest::names).toList());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void aClientIdThatTheOtherDoesNotKnowYetIsReferredTo(Scenario scenario) {
    var pod = Serialization.unmarshal(scenario.read("in-pod.yaml"), ObjectNode.class);

    var after = ours(new OtherWebhook("", TENANT, 3600).mutate(pod));

    assertThat(containers(after).flatMap(container -> elements(container.path("env"))))
        .filteredOn(variable -> variable.path("name").asText().equals("AZURE_CLIENT_ID"))
        .allSatisfy(
            variable ->
                assertThat(variable.has("valueFrom") || !variable.path("value").asText().isEmpty())
                    .isTrue());
  }

  private static JsonNode ours(JsonNode pod) {
    return JsonPatch.apply(OURS.complete("shop", pod).patch(), pod);
  }

  private static void assertConsistent(JsonNode container) {
    assertThat(names(container)).doesNotHaveDuplicates();
    assertThat(elements(container.path("volumeMounts")))
        .filteredOn(mount -> mount.path("mountPath").asText().equals(TokenVolume.MOUNT_PATH))
        .hasSize(1);
  }

  private static List<String> names(JsonNode container) {
    return elements(container.path("env"))
        .map(variable -> variable.path("name").asText())
        .sorted()
        .toList();
  }

  private static long tokenVolumes(JsonNode pod) {
    return elements(pod.path("spec").path("volumes")).filter(TokenVolume::isToken).count();
  }

  private static Stream<JsonNode> containers(JsonNode pod) {
    return Stream.of("initContainers", "containers")
        .flatMap(list -> elements(pod.path("spec").path(list)));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
