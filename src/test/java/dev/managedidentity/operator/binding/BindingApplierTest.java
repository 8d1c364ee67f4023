package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Situation.ANNOTATIONS;
import static dev.managedidentity.operator.binding.Situation.CREDENTIAL;
import static dev.managedidentity.operator.binding.Situation.TARGET;
import static dev.managedidentity.operator.binding.Situation.bound;
import static dev.managedidentity.operator.binding.Situation.entry;
import static dev.managedidentity.operator.binding.Situation.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.binding.BindingPlan.Step;
import dev.managedidentity.operator.kube.ScriptedApiServer;
import dev.managedidentity.operator.plan.Operation;
import dev.managedidentity.operator.plan.Outcome;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingApplierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ACCOUNTS = "/api/v1/namespaces/shop/serviceaccounts";
  private static final String PATCH =
      ACCOUNTS + "/orders-api?fieldManager=" + TARGET.fieldManager();
  private static final FederatedCredential OTHER =
      Situation.credential(Situation.ID, "cred-0", "audience");
  private static final Problem DENIED = new Problem.Denied(Reason.AUTHORIZATION_FAILED, "No.");

  private final FakeAzure azure = new FakeAzure().withIdentity(Situation.ID, Map.of());
  private final ScriptedApiServer api = new ScriptedApiServer();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void rememberingDoubtingAndForgettingChangeNothingButTheStatus() {
    var outcome =
        apply(
            bound().having(OTHER, State.REFUSED),
            new Step.DoubtCredential(entry(CREDENTIAL, State.ACTIVE)),
            new Step.ForgetCredential(entry(OTHER, State.REFUSED)));

    assertThat(states(outcome)).containsExactly(State.PENDING);
    assertThat(states(apply(fresh(), new Step.RememberCredential(entry(OTHER, State.PENDING)))))
        .containsExactly(State.PENDING);
    assertThat(outcome.operations()).isEmpty();
    assertThat(azure.takeCalls()).isEmpty();
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void writesACredential() {
    var outcome = apply(fresh(), new Step.WriteCredential(CREDENTIAL, "client-1", true));

    assertThat(outcome.status().federatedCredentials())
        .containsExactly(entry(CREDENTIAL, State.ACTIVE));
    assertThat(outcome.operations())
        .containsExactly(
            new Operation("WriteCredential", CREDENTIAL.id(), NOW, "correlation-1", null));
    assertThat(azure.credentials()).containsExactly(CREDENTIAL);
  }

  @ParameterizedTest
  @CsvSource({
    "true, denied, REFUSED",
    "true, throttled, REFUSED",
    "true, lost, PENDING",
    "true, unexpected, PENDING",
    "false, denied, PENDING",
    "false, lost, PENDING",
  })
  void refusesACredentialOnlyWhenAzureCertainlyHasNothing(
      boolean isFirstTry, String failure, State state) {
    azure.failing(problem(failure));

    var outcome =
        apply(
            fresh().having(CREDENTIAL, State.PENDING),
            new Step.WriteCredential(CREDENTIAL, "client-1", isFirstTry));

    assertThat(states(outcome)).containsExactly(state);
    assertThat(outcome.problems()).containsExactly(problem(failure));
  }

  /** A credential that was there all along is not refused for want of room, but who knows. */
  @ParameterizedTest
  @CsvSource({"true, PENDING", "false, REFUSED"})
  void whereAzureHasNoRoomItsListShowsWhatIsThere(boolean isThere, State state) {
    azure.failing(new Problem.QuotaReached(Reason.CREDENTIAL_QUOTA_EXCEEDED, "A maximum of 20."));
    azure.withCredential(isThere ? CREDENTIAL : OTHER);

    var outcome =
        apply(
            fresh().having(CREDENTIAL, State.PENDING),
            new Step.WriteCredential(CREDENTIAL, "client-1", false));

    assertThat(states(outcome)).containsExactly(state);
    assertThat(outcome.problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.CREDENTIAL_QUOTA_EXCEEDED);
  }

  @Test
  void deletesACredentialAndForgetsIt() {
    var status = apply(fresh(), new Step.WriteCredential(CREDENTIAL, "client-1", true)).status();

    var outcome =
        apply(fresh().knowing(status), new Step.DeleteCredential(entry(CREDENTIAL, State.ACTIVE)));

    assertThat(outcome.status().federatedCredentials()).isEmpty();
    assertThat(outcome.operations())
        .containsExactly(
            new Operation("DeleteCredential", CREDENTIAL.id(), NOW, "correlation-2", null));
    assertThat(azure.credentials()).isEmpty();
  }

  @Test
  void aCredentialThatCouldNotBeDeletedIsKeptInMindAndKeepsNoOtherFromGoing() {
    azure.failing(DENIED);

    var outcome =
        apply(
            bound().having(OTHER, State.PENDING),
            new Step.DeleteCredential(entry(CREDENTIAL, State.ACTIVE)),
            new Step.DeleteCredential(entry(OTHER, State.PENDING)));

    assertThat(outcome.status().federatedCredentials())
        .containsExactly(entry(CREDENTIAL, State.ACTIVE));
    assertThat(azure.takeCalls())
        .containsExactly("DeleteCredential cred-1", "DeleteCredential cred-0");
  }

  @Test
  void createsTheAccountAsThatOfTheBinding() {
    api.onPost(ACCOUNTS, 201, "{\"metadata\": {\"uid\": \"account-1\"}}").onPatch(PATCH, 200, "{}");

    var outcome = apply(bound().noAccount(), new Step.CreateAccount(TARGET, ANNOTATIONS));

    assertThat(api.calls()).containsExactly("POST " + ACCOUNTS, "PATCH " + PATCH);
    assertThat(outcome.operations())
        .containsExactly(
            new Operation(
                "CreateServiceAccount", "ServiceAccount shop/orders-api", NOW, null, null));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void annotatesTheAccountAndKeepsItsOwner(boolean isOwned) {
    api.onPatch(PATCH, 200, "{}");

    apply(
        bound().account(Map.of(), isOwned, false),
        new Step.AnnotateAccount(TARGET, "account-1", isOwned, ANNOTATIONS));

    var metadata = ScriptedApiServer.body(api.requests().getFirst()).get("metadata");
    assertThat(metadata.get("annotations")).hasSize(3);
    assertThat(metadata.has("ownerReferences")).isEqualTo(isOwned);
  }

  @Test
  void takesAnnotationsBack() {
    api.onPatch(PATCH, 200, "{}");

    var outcome = apply(bound(), new Step.ReleaseAccount(TARGET, "account-1", false));

    assertThat(ScriptedApiServer.body(api.requests().getFirst()).at("/metadata").has("annotations"))
        .isFalse();
    assertThat(outcome.operations())
        .extracting(Operation::verb)
        .containsExactly("ReleaseServiceAccount");
  }

  @Test
  void aFailureAtTheApiServerIsAProblemAndKeepsNothingElseFromBeingDone() {
    api.onPatch(PATCH, 403, ScriptedApiServer.failure(403, "Forbidden", "no"));

    var outcome =
        apply(
            bound(),
            new Step.ReleaseAccount(TARGET, "account-1", false),
            new Step.DeleteCredential(entry(CREDENTIAL, State.ACTIVE)));

    assertThat(outcome.problems())
        .extracting(Problem::reason)
        .containsExactly(Reason.KUBERNETES_FORBIDDEN);
    assertThat(azure.takeCalls()).containsExactly("DeleteCredential cred-1");
  }

  private Outcome<IdentityBindingStatus> apply(Situation situation, Step... steps) {
    return new BindingApplier(
            azure,
            new AccountWriters(api.client()),
            Situation.signedIn(),
            Situation.counting(),
            InstantSource.fixed(NOW))
        .apply(new BindingPlan(List.of(steps), List.of(), false), situation.facts());
  }

  private static List<State> states(Outcome<IdentityBindingStatus> outcome) {
    return outcome.status().federatedCredentials().stream().map(one -> one.state()).toList();
  }

  private static Problem problem(String word) {
    return switch (word) {
      case "denied" -> DENIED;
      case "throttled" -> new Problem.Throttled(Duration.ofSeconds(7), "Slow.");
      case "lost" -> new Problem.Unreachable("No answer.");
      case "unexpected" -> new Problem.Unexpected("What?");
      default -> throw new IllegalArgumentException(word);
    };
  }
}
