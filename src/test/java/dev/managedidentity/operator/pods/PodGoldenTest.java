package dev.managedidentity.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.managedidentity.operator.golden.Scenario;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods of every shape, and what becomes of them. */
class PodGoldenTest {
  private static final PodAdmission.Defaults DEFAULTS =
      new PodAdmission.Defaults(
          "https://login.microsoftonline.com/", "api://AzureADTokenExchange", 3600);

  /** What came of it. */
  record Completed(JsonNode pod, List<String> warnings) {}

  static List<Scenario> pods() {
    return Scenario.of("pods");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void becomes(Scenario scenario) {
    var pod = Serialization.unmarshal(scenario.read("in-pod.yaml"), ObjectNode.class);
    var admission = admission(scenario);
    var completion = admission.complete("shop", pod);
    var after = JsonPatch.apply(completion.patch(), pod);

    scenario.check(new Completed(after, completion.warnings()));
    assertThat(admission.complete("shop", after).patch()).isEmpty();
  }

  private static PodAdmission admission(Scenario scenario) {
    var account = Serialization.unmarshal(scenario.read("in-account.yaml"), Account.class);
    return new PodAdmission((_, _) -> account.identities(), DEFAULTS, UnboundPods.WAIT, Set.of());
  }
}
