package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Neighbourhood.IDENTITY_ID;
import static dev.managedidentity.operator.binding.Neighbourhood.WRITTEN;
import static dev.managedidentity.operator.binding.Neighbourhood.binding;
import static dev.managedidentity.operator.binding.Neighbourhood.deleted;
import static dev.managedidentity.operator.binding.Neighbourhood.identity;
import static dev.managedidentity.operator.binding.Neighbourhood.machineBinding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** System-assigned identities, those that are only looked at, and guardrails. */
class AdmissionTest {
  private static final String WORKLOAD =
      "{type: SystemAssigned, owner: {workload: {apiVersion: apps/v1, kind: Deployment, name:"
          + " web}}}";
  private static final String RESOURCE =
      "{type: SystemAssigned, owner: {azureResource: {id: %s}}}"
          .formatted(ResourceSituation.MACHINE);

  private final Neighbourhood around = new Neighbourhood();

  @Test
  void aSystemAssignedIdentityServesTheBindingThatWasMadeForIt() {
    around.with(identity(WORKLOAD, WRITTEN.withServiceAccount("orders-api")));

    assertThat(around.observe(own(), IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Usable.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "orders,    shop,  -,          false", // nobody made it
        "orders,    shop,  other-uid,  true", // another resource made it
        "orders,    shop,  identity-1, false", // the identity only owns it
        "orders,    other, identity-1, true",
        "binding-1, shop,  identity-1, true",
      })
  void aSystemAssignedIdentityServesNobodyElse(
      String name,
      String namespace,
      @org.jspecify.annotations.Nullable String owner,
      boolean isController) {
    around.with(identity(WORKLOAD, WRITTEN.withServiceAccount("orders-api")));
    var binding = binding(namespace, name, 30, "");
    if (owner != null) {
      own(binding, owner, isController);
    }

    assertThat(around.observe(binding, IdentityBindingStatus.EMPTY).identity())
        .isEqualTo(
            notShareable("ManagedIdentity shop/orders is the own identity of Deployment web."));
  }

  @Test
  void aSystemAssignedIdentityIsNotAssignedToAzureResources() {
    around
        .with(identity(WORKLOAD, WRITTEN.withServiceAccount("orders-api")))
        .with(Neighbourhood.namespace(Map.of("team", "shop")))
        .allowingResources();
    var binding = machineBinding("shop", "orders", 30);
    own(binding, "identity-1", true);

    assertThat(around.observe(binding, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Forbidden.class);
    assertThat(around.azure().takeCalls()).isEmpty();
  }

  @Test
  void theBindingOfAServiceAccountThatTheWorkloadLeftIsTakenDown() {
    around.with(identity(WORKLOAD, WRITTEN.withServiceAccount("new-account")));

    assertThat(around.observe(own(), IdentityBindingStatus.EMPTY).identity())
        .isEqualTo(
            notShareable(
                "ManagedIdentity shop/orders is the own identity of Deployment web, which runs as"
                    + " service account new-account."));
  }

  @Test
  void theBindingOfAWorkloadWhoseServiceAccountIsNotKnownYetWaits() {
    around.with(identity(WORKLOAD, WRITTEN));

    assertThat(around.observe(own(), IdentityBindingStatus.EMPTY).identity())
        .isEqualTo(
            new Identity.Absent(
                new Problem.Waiting(
                    Reason.IDENTITY_NOT_READY,
                    "ManagedIdentity shop/orders has no service account yet.")));
  }

  @Test
  void theOwnIdentityOfAnAzureResourceServesNoBinding() {
    around.with(identity(RESOURCE, WRITTEN.withServiceAccount("orders-api")));

    assertThat(around.observe(own(), IdentityBindingStatus.EMPTY).identity())
        .isEqualTo(
            notShareable(
                "ManagedIdentity shop/orders is the Azure resource's own: "
                    + ResourceSituation.MACHINE
                    + "."));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anIdentityThatIsOnlyLookedAtIsObserved(boolean isByPolicy) {
    var usable = new Identity.Usable(Situation.ID, "client-1", "tenant");
    var problem =
        new Problem.Refused(
            Reason.IDENTITY_ONLY_OBSERVED,
            "ManagedIdentity shop/orders has the policy Observe: nothing is written for it.");
    around.with(
        isByPolicy
            ? identity("{managementPolicy: Observe}", WRITTEN)
            : identity("{}", WRITTEN.withResource(IDENTITY_ID, "w", Ownership.OBSERVED)));

    assertThat(around.observe().identity()).isEqualTo(new Identity.Frozen(usable, problem));
  }

  @Test
  void guardrailsAreAskedBeforeAnythingElse() {
    around.with((ManagedIdentity) null);

    assertThat(
            around
                .observe(machineBinding("shop", "binding-1", 30), IdentityBindingStatus.EMPTY)
                .identity())
        .isInstanceOfSatisfying(
            Identity.Forbidden.class,
            forbidden -> assertThat(forbidden.problem().reason()).isEqualTo(Reason.GUARDRAIL));
    assertThat(around.azure().takeCalls()).isEmpty();
  }

  @Test
  void guardrailsGoByTheLabelsOfTheNamespace() {
    var binding = machineBinding("shop", "binding-1", 30);
    around.allowingResources();

    assertThat(around.observe(binding, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Forbidden.class);

    around.with(Neighbourhood.namespace(Map.of("team", "shop")));

    assertThat(around.observe(binding, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Usable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, false",
    "clientId, true",
    "resourceId, true",
    "consent, true",
    "deletion, true",
    "observe, true",
    "observed, true",
    "serviceAccount, true",
    "fewerBindings, true",
    "moreBindings, false",
    "roles, true",
  })
  void onlyWhatBindingsLookAtWakesThem(String what, boolean isSeen) {
    var before = identity("{}", WRITTEN.concluded(1, 2, null, List.of()));

    assertThat(Admission.isSeenByBindings(changed(what), before)).isEqualTo(isSeen);
  }

  private static ManagedIdentity changed(String what) {
    var status = WRITTEN.concluded(1, 2, null, List.of());
    return switch (what) {
      case "nothing" -> identity("{}", status);
      case "clientId" ->
          identity(
              "{}", status.withIdentity("client-2", "p", "tenant").withContent("f", List.of()));
      case "resourceId" ->
          identity("{}", status.withResource("/other", "westeurope", Ownership.CREATED));
      case "consent" -> identity("{allowedNamespaces: {from: All}}", status);
      case "observe" -> identity("{managementPolicy: Observe}", status);
      case "observed" ->
          identity("{}", status.withResource(IDENTITY_ID, "westeurope", Ownership.OBSERVED));
      case "serviceAccount" -> identity("{}", status.withServiceAccount("orders-api"));
      case "deletion" -> deleted(identity("{}", status));
      case "fewerBindings" -> identity("{}", status.concluded(1, 1, null, List.of()));
      case "moreBindings" -> identity("{}", status.concluded(1, 3, null, List.of()));
      case "roles" -> identity("{roleAssignments: [{role: Reader, scope: /s}]}", status);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static IdentityBinding own() {
    var binding = binding("shop", "orders", 30, "");
    own(binding, "identity-1", true);
    return binding;
  }

  private static void own(IdentityBinding binding, String uid, boolean isController) {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion("managedidentity.dev/v1alpha1")
            .withKind("ManagedIdentity")
            .withName("orders")
            .withUid(uid)
            .withController(isController)
            .build();
    binding.getMetadata().setOwnerReferences(List.of(owner));
  }

  private static Identity notShareable(String detail) {
    return new Identity.Forbidden(
        new Problem.Refused(Reason.SYSTEM_ASSIGNED_NOT_SHAREABLE, detail));
  }
}
