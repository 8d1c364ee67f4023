package dev.managedidentity.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.kube.ScriptedApiServer;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherWorkloadsTest {
  private static final WorkloadRef REF = new WorkloadRef("example.com/v1", "Fleet", "web");
  private static final String DISCOVERY = "/apis/example.com/v1";
  private static final String PATH = "/apis/example.com/v1/namespaces/shop/fleets/web";
  private static final String FLEETS =
      """
      {"kind": "APIResourceList", "groupVersion": "example.com/v1",
       "resources": [{"name": "fleets", "kind": "Fleet", "namespaced": true}]}
      """;

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final OtherWorkloads others = new OtherWorkloads(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"template\": {\"spec\": {\"serviceAccountName\": \"orders\"}}} | orders",
        "{\"template\": {\"spec\": {\"serviceAccount\": \"orders\"}}} | orders",
        "{\"template\": {\"spec\": {}}} | default",
        "{\"jobTemplate\": {\"spec\": {\"template\": {\"spec\": {\"serviceAccountName\": \"a\"}}}}}"
            + " | a"
      })
  void anythingWithAPodTemplateIsAWorkload(String spec, String account) {
    api.onGet(DISCOVERY, 200, FLEETS).onGet(PATH, 200, fleet(spec));

    assertThat(others.find("shop", REF))
        .isEqualTo(
            new Lookup.Found(
                new Workload("shop", REF, "uid-1", account, null, false, false, false)));
  }

  @Test
  void whatHasNoPodTemplateIsNone() {
    api.onGet(DISCOVERY, 200, FLEETS).onGet(PATH, 200, fleet("{\"template\": \"a string\"}"));

    assertThat(problem())
        .isInstanceOf(Problem.Rejected.class)
        .returns(Reason.WORKLOAD_WITHOUT_POD_TEMPLATE, Problem::reason);
  }

  @Test
  void waitsForAWorkloadThatIsNotThere() {
    api.onGet(DISCOVERY, 200, FLEETS)
        .onGet(PATH, 404, ScriptedApiServer.failure(404, "NotFound", "no"));

    assertThat(problem()).isEqualTo(waiting("There is no Fleet web in namespace shop."));
  }

  @Test
  void waitsForAKindThatIsNotThere() {
    api.onGet(DISCOVERY, 404, ScriptedApiServer.failure(404, "NotFound", "no"))
        .onGet(DISCOVERY, 404, ScriptedApiServer.failure(404, "NotFound", "no"));

    assertThat(problem()).isEqualTo(waiting("This cluster has no kind Fleet of example.com/v1."));
  }

  @Test
  void saysWhichRightIsMissing() {
    api.onGet(DISCOVERY, 200, FLEETS).onGet(PATH, 403, forbidden());

    assertThat(problem())
        .isInstanceOf(Problem.Denied.class)
        .returns(Reason.KUBERNETES_FORBIDDEN, Problem::reason)
        .satisfies(
            denied ->
                assertThat(denied.detail())
                    .contains("fleets is forbidden")
                    .contains("{apiGroups: [\"example.com\"], resources: [fleets], verbs: [get]}"));
  }

  @ParameterizedTest
  @CsvSource({"500", "503"})
  void anApiServerInTroubleSaysNothingAboutTheWorkload(int code) {
    api.onGet(DISCOVERY, 200, FLEETS)
        .onGet(PATH, code, ScriptedApiServer.failure(code, "Whatever", "no"));

    assertThat(problem()).isInstanceOf(Problem.Unreachable.class);
  }

  @Test
  void anApiServerThatIsGoneSaysNothingAboutTheWorkload() {
    api.stop();

    assertThat(problem()).isInstanceOf(Problem.Unreachable.class);
  }

  private Problem problem() {
    return switch (others.find("shop", REF)) {
      case Lookup.Missing missing -> missing.problem();
      case Lookup.Found found -> throw new AssertionError("Found " + found);
    };
  }

  private static String fleet(String spec) {
    return """
    {"apiVersion": "example.com/v1", "kind": "Fleet",
     "metadata": {"namespace": "shop", "name": "web", "uid": "uid-1"}, "spec": %s}
    """
        .formatted(spec);
  }

  private static Status forbidden() {
    return new StatusBuilder(
            ScriptedApiServer.failure(403, "Forbidden", "fleets is forbidden to the operator"))
        .withNewDetails()
        .withGroup("example.com")
        .withKind("fleets")
        .endDetails()
        .build();
  }

  private static Problem waiting(String detail) {
    return new Problem.Waiting(Reason.WORKLOAD_NOT_FOUND, detail);
  }
}
