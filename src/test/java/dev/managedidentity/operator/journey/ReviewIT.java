package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What could never work is refused when it is applied, in the words of the condition. */
@UsesControlPlane(asksWebhook = true)
@UsesOperator
class ReviewIT {
  private final Team team;

  ReviewIT(Team team) {
    this.team = team;
  }

  @Test
  void anIdentityAgainstTheGuardrails() {
    team.label("shop");

    team.eventually(
        () ->
            assertThat(refusal(() -> team.applyIdentity("payments", "{azure: {name: payments}}")))
                .contains("payments")
                .contains("guardrail"));
    assertThat(
            refusal(
                () ->
                    team.applyIdentity(
                        "roles",
                        "{azure: {name: shop-orders}, roleAssignments: [{role: Owner, scope:"
                            + " /subscriptions/$SUBSCRIPTION/resourceGroups/platform}]}")))
        .contains("Owner");
    assertThatCode(() -> team.applyIdentity("orders", "{azure: {name: shop-orders}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void aSecondBindingOfTheSameAccountAndIdentity() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    assertThat(
            refusal(
                () ->
                    team.applyBindingSpec(
                        "again",
                        "{identityRef: {name: orders}, subject: {serviceAccount: {name: api}}}")))
        .contains("IdentityBinding api already binds this service account");
  }

  @Test
  void aBindingOfWhatBelongsToAWorkload() {
    team.applyIdentity(
        "own",
        "{type: SystemAssigned, owner: {workload: {apiVersion: apps/v1, kind: Deployment, name:"
            + " web}}}");

    team.eventually(
        () ->
            assertThat(refusal(() -> team.applyBinding("stranger", "own")))
                .contains("is the own identity of"));
  }

  @Test
  void whatWasWrongBeforeMayBeChangedOtherwise() {
    team.applyIdentity("payments", "{azure: {name: payments-1}}");
    team.awaitReadyIdentity("payments");
    team.label("shop");
    team.awaitIdentity("payments", "False", "Guardrail");

    assertThatCode(
            () -> team.applyIdentity("payments", "{azure: {name: payments-1, tags: {a: b}}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void takingTheFinalizerOffWhileSomethingIsInAzure() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");
    team.deleteIdentity("orders"); // waits for the binding

    assertThat(refusal(this::stripFinalizers)).contains("managedidentity.dev/abandon");
    assertThat(team.findIdentity("orders")).isPresent();

    team.annotate("orders", "managedidentity.dev/abandon", "true");
    stripFinalizers();

    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).hasSize(1);
  }

  private void stripFinalizers() {
    team.kubectl()
        .resources(ManagedIdentity.class)
        .inNamespace(team.name())
        .withName("orders")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
  }

  @Test
  void theOperatorItselfTakesItsFinalizerOff() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("api", "orders");
    team.awaitReadyBinding("api");

    team.kubectl().resources(IdentityBinding.class).inNamespace(team.name()).delete();
    team.deleteIdentity("orders");

    team.awaitNoBinding("api");
    team.awaitNoIdentity("orders");
    assertThat(team.azureIdentities()).isEmpty();
  }

  /** The API server's answer to what it refuses. */
  private static String refusal(ThrowingCallable call) {
    var refused = catchThrowableOfType(KubernetesClientException.class, call);
    assertThat(refused).as("it was stored").isNotNull();
    assertThat(refused.getCode()).isEqualTo(403);
    return refused.getStatus().getMessage();
  }
}
