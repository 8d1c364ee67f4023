package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.AzureResourceRef;
import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingSpec;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.LabelSelector;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.api.Subject;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.guardrails.GuardrailRule;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Seen;
import dev.managedidentity.operator.sharding.Places;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands around shop/orders-api in Kubernetes, for tests to change. */
final class Neighbourhood {
  static final String IDENTITY_ID = Situation.ID.toString();
  static final ManagedIdentityStatus WRITTEN =
      ManagedIdentityStatus.EMPTY
          .withResource(IDENTITY_ID, "westeurope", Ownership.CREATED)
          .withIdentity("client-1", "principal-1", "tenant")
          .withContent("f", List.of());

  /** A namespace of the team shop may use every Azure resource. */
  static final GuardrailRule ANY_RESOURCE =
      new GuardrailRule(
          "machines",
          new LabelSelector(Map.of("team", "shop"), List.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of("/subscriptions/*"),
          List.of());

  private final FakeAzure azure = new FakeAzure();
  private final Inventory inventory = Seen.inventory();
  private List<GuardrailRule> rules = List.of();
  private @Nullable ManagedIdentity identity = identity("{}", WRITTEN);
  private @Nullable ServiceAccount account = account(Map.of());
  private @Nullable Namespace namespace = namespace(Map.of());
  private final List<Rivals.Sibling> siblings = new ArrayList<>();

  static ManagedIdentity identity(String spec, @Nullable ManagedIdentityStatus status) {
    var identity =
        Serialization.unmarshal(
            """
            apiVersion: managedidentity.dev/v1alpha1
            kind: ManagedIdentity
            metadata: {namespace: shop, name: orders, uid: identity-1, generation: 1}
            spec: %s
            """
                .formatted(spec),
            ManagedIdentity.class);
    identity.setStatus(status);
    return identity;
  }

  static ServiceAccount account(Map<String, String> annotations) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("orders-api")
        .withUid("account-1")
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }

  static Namespace namespace(@Nullable Map<String, String> labels) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName("shop")
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  /** A binding of a namespace to shop/orders, created at this minute of the day. */
  static IdentityBinding binding(String namespace, String name, int minute, String more) {
    return Serialization.unmarshal(
        """
        apiVersion: managedidentity.dev/v1alpha1
        kind: IdentityBinding
        metadata:
          namespace: %s
          name: %s
          uid: uid-of-%s
          generation: 3
          creationTimestamp: "2026-03-01T12:%02d:00Z"
        spec:
          identityRef: {name: orders, namespace: shop}
          subject: {serviceAccount: {name: orders-api}}
          %s
        """
            .formatted(namespace, name, name, minute, more),
        IdentityBinding.class);
  }

  static IdentityBinding binding() {
    return binding("shop", "binding-1", 30, "");
  }

  /** A binding of the virtual machine to shop/orders. */
  static IdentityBinding machineBinding(String namespace, String name, int minute) {
    var binding = binding(namespace, name, minute, "");
    var spec = binding.getSpec();
    binding.setSpec(
        new IdentityBindingSpec(
            spec.identityRef(),
            Subject.of(new AzureResourceRef(ResourceSituation.MACHINE)),
            null,
            null,
            3600,
            Rollout.NEVER));
    return binding;
  }

  /** A status with one credential on the identity. */
  static IdentityBindingStatus holding(State state) {
    return IdentityBindingStatus.EMPTY.withCredential(Situation.entry(Situation.CREDENTIAL, state));
  }

  static <T extends HasMetadata> T deleted(T resource) {
    resource.getMetadata().setDeletionTimestamp("2026-03-01T13:00:00Z");
    return resource;
  }

  Neighbourhood with(@Nullable ManagedIdentity other) {
    identity = other;
    return this;
  }

  Neighbourhood with(@Nullable ServiceAccount other) {
    account = other;
    return this;
  }

  Neighbourhood with(@Nullable Namespace other) {
    namespace = other;
    return this;
  }

  /** Another binding of the subject that asks for the same identity. */
  Neighbourhood withSibling(IdentityBinding sibling, @Nullable IdentityBindingStatus status) {
    return withSibling(sibling, status, IDENTITY_ID);
  }

  /** Another binding of the subject that asks for the identity with this resource id. */
  Neighbourhood withSibling(
      IdentityBinding sibling, @Nullable IdentityBindingStatus status, String wanted) {
    sibling.setStatus(status);
    siblings.add(new Rivals.Sibling(sibling, wanted));
    return this;
  }

  /** A namespace of the team shop may use every Azure resource. */
  Neighbourhood allowingResources() {
    rules = List.of(ANY_RESOURCE);
    return this;
  }

  FakeAzure azure() {
    return azure;
  }

  Inventory inventory() {
    return inventory;
  }

  BindingFacts observe() {
    return observe(binding(), IdentityBindingStatus.EMPTY);
  }

  BindingFacts observe(IdentityBinding binding, IdentityBindingStatus status) {
    var federation = new Federation("cluster-1", "api://default");
    return new BindingObserver(
            azure,
            new BearerObserver(
                federation, Situation.issuedBy("https://issuer"), inventory, Situation.UNPROVEN),
            new Lodging(new Places(), new Census(_ -> {})),
            new Guardrails(rules, null, null, false),
            inventory)
        .observe(
            binding,
            status,
            new BindingObserver.Neighbours(
                new Admission.Parties(
                    Optional.ofNullable(identity), Optional.ofNullable(namespace), siblings),
                new Lodging.Quarter(List.of(), List.of(), _ -> false),
                new AccountObserver(
                    binding, Optional.ofNullable(account).stream().toList(), Optional.empty())));
  }
}
