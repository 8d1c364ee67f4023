package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountAnnotationsTest {
  private static final String ACCOUNTS = "/api/v1/namespaces/shop/serviceaccounts";
  private static final AccountAnnotations.Target TARGET = target("binding-1");
  private static final String PATCH =
      ACCOUNTS + "/orders-api?fieldManager=" + TARGET.fieldManager();
  private static final String POST = ACCOUNTS;
  private static final Map<String, String> ANNOTATIONS =
      AccountAnnotations.of("client-1", "tenant-1", 7200);
  private static final String ACCOUNT =
      """
      {"apiVersion": "v1", "kind": "ServiceAccount",
       "metadata": {"namespace": "shop", "name": "orders-api", "uid": "account-1"}}
      """;

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final AccountAnnotations accounts = new AccountAnnotations(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theAnnotationsAreThoseOfAzureWorkloadIdentity() {
    assertThat(ANNOTATIONS)
        .containsOnly(
            Map.entry("azure.workload.identity/client-id", "client-1"),
            Map.entry("azure.workload.identity/tenant-id", "tenant-1"),
            Map.entry("azure.workload.identity/service-account-token-expiration", "7200"));
  }

  @Test
  void setsAnnotationsByServerSideApplyWithoutForceAndOnlyOnThisVeryAccount() {
    api.onPatch(PATCH, 200, ACCOUNT);

    assertThat(accounts.set(TARGET, "account-1", false, ANNOTATIONS)).isEmpty();

    var request = api.requests().getFirst();
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/apply-patch+yaml");
    assertThat(request.getPath()).isEqualTo(PATCH).doesNotContain("force");
    var metadata = body(request).get("metadata");
    assertThat(metadata.get("uid").asText()).isEqualTo("account-1");
    assertThat(metadata.get("annotations")).hasSize(3);
    assertThat(metadata.has("ownerReferences")).isFalse();
  }

  @Test
  void keepsTheOwnerOfAnAccountThatItCreated() {
    api.onPatch(PATCH, 200, ACCOUNT);

    accounts.set(TARGET, "account-1", true, Map.of());

    var metadata = body(api.requests().getFirst()).get("metadata");
    assertThat(metadata.has("annotations")).isFalse();
    assertThat(metadata.get("ownerReferences").get(0).get("uid").asText()).isEqualTo("uid-1");
  }

  /** An apply would take an account over that somebody else created a moment ago. */
  @Test
  void createsTheAccountAsItsOwnAndThenAnnotatesIt() {
    api.onPost(POST, 201, ACCOUNT).onPatch(PATCH, 200, ACCOUNT);

    assertThat(accounts.create(TARGET, ANNOTATIONS)).isEmpty();

    var requests = api.requests();
    assertThat(requests).hasSize(2);
    var created = body(requests.getFirst()).get("metadata");
    assertThat(created.get("ownerReferences").get(0).get("uid").asText()).isEqualTo("uid-1");
    assertThat(created.has("annotations")).isFalse();
    var applied = body(requests.getLast()).get("metadata");
    assertThat(applied.get("uid").asText()).isEqualTo("account-1");
    assertThat(applied.get("annotations")).hasSize(3);
    assertThat(applied.get("ownerReferences")).hasSize(1);
  }

  @Test
  void createsABareAccountInOneCall() {
    api.onPost(POST, 201, ACCOUNT);

    assertThat(accounts.create(TARGET, Map.of())).isEmpty();
    assertThat(api.calls()).containsExactly("POST " + POST);
  }

  @Test
  void leavesAnAccountAloneThatSomebodyElseCreatedAMomentAgo() {
    api.onPost(POST, 409, failure(409, "AlreadyExists", "it exists"));

    assertThat(accounts.create(TARGET, ANNOTATIONS))
        .contains(new Problem.Contended("Service account shop/orders-api: it exists."));
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void annotationsOfSomebodyElseAreAConflict() {
    api.onPatch(PATCH, 409, conflict());

    assertThat(accounts.set(TARGET, "account-1", false, ANNOTATIONS))
        .contains(
            new Problem.Blocked(
                Reason.SERVICE_ACCOUNT_CONFLICT,
                "Service account shop/orders-api: kubectl has it."));
  }

  @Test
  void anAccountThatWasCreatedAnewIsNoConflict() {
    api.onPatch(PATCH, 409, failure(409, "Conflict", "uid mismatch"));

    assertThat(accounts.set(TARGET, "account-1", false, ANNOTATIONS))
        .contains(new Problem.Contended("Service account shop/orders-api: uid mismatch."));
  }

  @ParameterizedTest
  @CsvSource({
    "403, KUBERNETES_FORBIDDEN",
    "404, SERVICE_ACCOUNT_NOT_FOUND",
    "422, KUBERNETES_FORBIDDEN",
    "500, UNREACHABLE"
  })
  void everyFailureIsAProblem(int code, Reason reason) {
    api.onPatch(PATCH, code, failure(code, "Whatever", "no"));

    var problem = accounts.set(TARGET, "account-1", false, ANNOTATIONS);

    assertThat(problem.map(Problem::reason)).contains(reason);
    assertThat(problem.map(Problem::detail)).contains("Service account shop/orders-api: no.");
  }

  @Test
  void anApiServerThatIsGoneIsAProblemToo() {
    api.stop();

    assertThat(accounts.set(TARGET, "account-1", false, ANNOTATIONS).map(Problem::reason))
        .contains(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"404", "409"})
  void nothingIsLeftToTakeBackFromAnAccountThatIsGone(int code) {
    api.onPatch(PATCH, code, failure(code, "Gone", "gone"));

    assertThat(accounts.set(TARGET, "account-1", false, Map.of())).isEqualTo(Optional.empty());
  }

  @Test
  void theFieldManagerIsTheBindingsAloneAndFitsTheApiServer() {
    var name = "b".repeat(253);

    assertThat(target(name).fieldManager())
        .hasSizeLessThanOrEqualTo(128)
        .isNotEqualTo(target(name.substring(1)).fieldManager());
    assertThat(TARGET.fieldManager()).startsWith("managedidentity.dev/binding-1-");
  }

  private static Status conflict() {
    return new StatusBuilder(failure(409, "Conflict", "kubectl has it"))
        .withNewDetails()
        .addNewCause(
            ".metadata.annotations.azure.workload.identity/client-id",
            "conflict with kubectl",
            "FieldManagerConflict")
        .endDetails()
        .build();
  }

  private static AccountAnnotations.Target target(String binding) {
    return new AccountAnnotations.Target(
        "shop",
        "orders-api",
        binding,
        new OwnerReferenceBuilder()
            .withApiVersion("managedidentity.dev/v1alpha1")
            .withKind("IdentityBinding")
            .withName(binding)
            .withUid("uid-1")
            .build());
  }
}
