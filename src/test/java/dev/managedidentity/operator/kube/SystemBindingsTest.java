package dev.managedidentity.operator.kube;

import static dev.managedidentity.operator.kube.ScriptedApiServer.body;
import static dev.managedidentity.operator.kube.ScriptedApiServer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.WorkloadRef;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemBindingsTest {
  private static final String API = "/apis/managedidentity.dev/v1alpha1/namespaces/shop";
  private static final String BINDINGS = API + "/identitybindings";
  private static final String BINDING = BINDINGS + "/web";
  private static final String IDENTITY =
      API + "/managedidentities/web?fieldManager=managed-identity-operator-owner";
  private static final OwnerReference WORKLOAD = owner("Deployment", "web", "uid-workload");
  private static final WorkloadRef REF =
      new WorkloadRef(WORKLOAD.getApiVersion(), WORKLOAD.getKind(), WORKLOAD.getName());

  private final ScriptedApiServer api = new ScriptedApiServer();
  private final SystemBindings bindings = new SystemBindings(api.client());

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void createsTheBindingThatGoesWithTheIdentity() {
    api.onPost(BINDINGS, 201, "{}");

    assertThat(bindings.create(identity(), "orders")).isEmpty();

    var created = body(api.requests().getFirst());
    var owner = created.at("/metadata/ownerReferences/0");
    assertThat(created.at("/metadata/name").asText()).isEqualTo("web");
    assertThat(created.at("/metadata/labels/app.kubernetes.io~1managed-by").asText())
        .isEqualTo("managed-identity-operator");
    assertThat(owner.at("/kind").asText()).isEqualTo("ManagedIdentity");
    assertThat(owner.at("/uid").asText()).isEqualTo("uid-identity");
    assertThat(owner.at("/controller").asBoolean()).isTrue();
    assertThat(created.at("/spec/identityRef/name").asText()).isEqualTo("web");
    assertThat(created.at("/spec/subject/serviceAccount/name").asText()).isEqualTo("orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uid-identity | orders  | false |                  |",
        "uid-identity | default | false | CONTENDED        | still binds another service account",
        "uid-identity | orders  | true  | CONTENDED        | just being deleted",
        "uid-earlier  | orders  | false | CONTENDED        | of an earlier identity",
        "             | orders  | false | BINDING_CONFLICT | was not made by the operator"
      })
  void aBindingOfThatNameIsNeverTakenOver(
      @Nullable String owner,
      String account,
      boolean isDeleting,
      @Nullable Reason reason,
      @Nullable String detail) {
    api.onPost(BINDINGS, 409, failure(409, "AlreadyExists", "it exists"))
        .onGet(BINDING, 200, binding(owner, account, isDeleting));

    var problem = bindings.create(identity(), "orders");

    assertThat(api.calls()).containsExactly("POST " + BINDINGS, "GET " + BINDING);
    if (reason == null) {
      assertThat(problem).isEmpty();
    } else {
      assertThat(problem)
          .hasValueSatisfying(
              it -> {
                assertThat(it.reason()).isEqualTo(reason);
                assertThat(it.detail()).contains("IdentityBinding shop/web").contains(detail);
              });
    }
  }

  @Test
  void aBindingThatWentInTheMeantimeIsNoConflict() {
    api.onPost(BINDINGS, 409, failure(409, "AlreadyExists", "it exists"))
        .onGet(BINDING, 404, failure(404, "NotFound", "gone"));

    assertThat(bindings.create(identity(), "orders").map(Problem::reason))
        .contains(Reason.CONTENDED);
  }

  @Test
  void deletesOnlyTheVeryBinding() {
    api.onDelete(BINDING, 200, "{}");

    assertThat(bindings.delete(identity(), "uid-1")).isEmpty();

    assertThat(body(api.requests().getFirst()).at("/preconditions/uid").asText())
        .isEqualTo("uid-1");
  }

  @ParameterizedTest
  @CsvSource({"404", "409"})
  void nothingIsLeftToDeleteOfABindingThatIsGone(int code) {
    api.onDelete(BINDING, code, failure(code, "Gone", "gone"));

    assertThat(bindings.delete(identity(), "uid-1")).isEmpty();
  }

  @Test
  void addsTheWorkloadToTheOwnersUnderAFieldManagerOfItsOwn() {
    api.onPatch(IDENTITY, 200, "{}");

    assertThat(bindings.own(identity(), REF, WORKLOAD.getUid())).isEmpty();

    var request = api.requests().getFirst();
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/apply-patch+yaml");
    assertThat(request.getPath()).doesNotContain("force");
    var patch = body(request);
    assertThat(patch.at("/metadata/uid").asText()).isEqualTo("uid-identity");
    assertThat(patch.at("/metadata/ownerReferences")).hasSize(1);
    assertThat(patch.has("spec")).isFalse();
  }

  @Test
  void anOwnerIsNotAddedTwice() {
    var identity = identity();
    identity.addOwnerReference(WORKLOAD);

    assertThat(bindings.own(identity, REF, WORKLOAD.getUid())).isEmpty();
    assertThat(api.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, KUBERNETES_FORBIDDEN",
    "403, KUBERNETES_FORBIDDEN",
    "409, CONTENDED",
    "422, KUBERNETES_FORBIDDEN",
    "500, UNREACHABLE"
  })
  void everyFailureIsAProblem(int code, Reason reason) {
    api.onPatch(IDENTITY, code, failure(code, "Whatever", "no"));

    assertThat(bindings.own(identity(), REF, WORKLOAD.getUid()))
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.reason()).isEqualTo(reason);
              assertThat(problem.detail()).isEqualTo("ManagedIdentity shop/web: no.");
            });
  }

  private static ManagedIdentity identity() {
    var identity = new ManagedIdentity();
    identity.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("web")
            .withUid("uid-identity")
            .build());
    return identity;
  }

  private static OwnerReference owner(String kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion("apps/v1")
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .build();
  }

  private static String binding(@Nullable String owner, String account, boolean isDeleting) {
    return """
    {"apiVersion": "managedidentity.dev/v1alpha1", "kind": "IdentityBinding",
     "metadata": {"namespace": "shop", "name": "web", "uid": "uid-binding" %s %s},
     "spec": {"identityRef": {"name": "web"}, "subject": {"serviceAccount": {"name": "%s"}}}}
    """
        .formatted(
            isDeleting ? ", \"deletionTimestamp\": \"2026-11-22T10:00:00Z\"" : "",
            owner == null
                ? ""
                : """
                , "ownerReferences": [{"apiVersion": "managedidentity.dev/v1alpha1",
                  "kind": "ManagedIdentity", "name": "web", "uid": "%s", "controller": true}]
                """
                    .formatted(owner),
            account);
  }
}
