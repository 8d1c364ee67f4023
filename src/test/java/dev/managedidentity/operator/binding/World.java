package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AllowedNamespaces;
import dev.managedidentity.operator.api.AllowedNamespaces.From;
import dev.managedidentity.operator.api.AzureSpec;
import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingSpec;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.IdentityRef;
import dev.managedidentity.operator.api.IdentityType;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentitySpec;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.ManagementPolicy;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.api.Subject;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Weather;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Verdict;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two bindings of team/orders-api, two identities of another namespace, what is saved, and Azure.
 */
final class World {
  private static final int MANY = 30;
  private static final List<String> NAMES = List.of("one", "two");
  private static final List<String> IDENTITIES = List.of("orders", "other");
  private static final KubernetesClient NO_CLIENT =
      new KubernetesClientBuilder().withConfig(Config.empty()).build();

  private final Random random;
  private final Weather weather;
  private final FakeAzure azure = new FakeAzure();
  private final BindingApplier applier =
      new BindingApplier(
          azure, new AccountAnnotations(NO_CLIENT), InstantSource.fixed(Instant.EPOCH));
  private final IdentityBindingStatus[] saved = {
    IdentityBindingStatus.EMPTY, IdentityBindingStatus.EMPTY
  };
  private final boolean[] isGone = {false, false};
  private final Verdict[] verdicts = new Verdict[2];
  private final IdentityBindingSpec[] specs = new IdentityBindingSpec[2];
  private boolean isConsentGiven;
  private boolean isDeleting;
  private String issuer = "https://issuer";

  World(Random random) {
    this.random = random;
    this.weather = new Weather(random);
    IDENTITIES.forEach(name -> azure.withIdentity(id(name), Map.of()));
    azure.failBy(weather);
  }

  Weather weather() {
    return weather;
  }

  void change() {
    isConsentGiven = random.nextInt(4) > 0;
    issuer = random.nextInt(3) == 0 ? "https://issuer-" + random.nextInt(3) : issuer;
    for (var index = 0; index < NAMES.size(); index++) {
      specs[index] =
          new IdentityBindingSpec(
              new IdentityRef(IDENTITIES.get(random.nextInt(2)), "shop"),
              new Subject(new ServiceAccountSubject("orders-api", false, false), null),
              "audience-" + random.nextInt(2),
              3600);
    }
  }

  void delete() {
    isDeleting = true;
  }

  boolean isConsentGiven() {
    return isConsentGiven;
  }

  boolean areRivals() {
    return identityName(0).equals(identityName(1));
  }

  /**
   * Each has its old credential where the other wants its new one: they have changed places. Nobody
   * lets go of the old before it has the new, so a person must delete one of them.
   */
  boolean isStandoff() {
    return IntStream.range(0, 2)
        .allMatch(
            index ->
                azure.credentials().stream()
                    .filter(one -> one.name().startsWith("team-" + NAMES.get(index) + "-"))
                    .anyMatch(one -> one.identity().equals(id(identityName(1 - index)))));
  }

  List<IdentityId> identitiesAskedFor() {
    return List.of(id(identityName(0)), id(identityName(1)));
  }

  List<FederatedCredential> credentials() {
    return azure.credentials();
  }

  Verdict verdict(int index) {
    return verdicts[index];
  }

  /** Looks after both until neither has anything left to write. */
  void settle() {
    for (var rounds = 0; rounds < MANY; rounds++) {
      var before = List.of(saved);
      azure.takeCalls();
      pass(0);
      pass(1);
      if (List.of(saved).equals(before) && writes().isEmpty()) {
        return;
      }
    }
    throw new AssertionError("They do not come to rest.");
  }

  /** What Azure is asked again and again is no rest; what it refuses is asked again by and by. */
  private List<String> writes() {
    var isRefused =
        IntStream.range(0, 2).anyMatch(index -> verdicts[index] instanceof Verdict.Troubled);
    return isRefused ? List.of() : azure.takeCalls();
  }

  /** One pass; nothing is left of it but what was saved when the operator is killed in it. */
  void pass(int index) {
    if (isGone[index]) {
      return;
    }
    try {
      verdicts[index] = turns(index);
    } catch (Weather.Killed _) {
      verdicts[index] = new Verdict.Troubled(new Problem.Unreachable("Killed."), List.of());
    }
  }

  private Verdict turns(int index) {
    var facts = observe(index);
    for (var turns = 0; turns < MANY; turns++) {
      var plan = BindingPlanner.plan(facts, Instant.EPOCH);
      var outcome = applier.apply(plan, facts);
      weather.mayKill();
      var verdict = BindingStatusFactory.verdict(facts, plan, outcome);
      var isStuck = verdict instanceof Verdict.Troubled;
      var status = BindingStatusFactory.status(facts, verdict, outcome, Instant.EPOCH);
      if (isStuck || !isDeleting) {
        saved[index] = status;
      }
      if (verdict instanceof Verdict.Proven) {
        isTrue(index);
      }
      if (isStuck || !plan.hasMore()) {
        isGone[index] = !isStuck && isDeleting;
        return verdict;
      }
      weather.mayKill();
      facts = facts.after(status, plan.names());
    }
    throw new AssertionError("The planner goes round in a circle.");
  }

  /** The credential that the binding speaks of is there, as asked, and it made no other. */
  private void isTrue(int index) {
    var binding = binding(index);
    assertThat(saved[index].federatedCredentials())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(azure.credentials())
                    .contains(
                        new FederatedCredential(
                            id(identityName(index)),
                            entry.name(),
                            issuer,
                            "system:serviceaccount:team:orders-api",
                            String.valueOf(binding.getSpec().audience()))));
    assertThat(azure.credentials())
        .filteredOn(one -> one.name().startsWith("team-" + NAMES.get(index) + "-"))
        .hasSize(1);
  }

  private BindingFacts observe(int index) {
    var binding = binding(index);
    var siblings =
        IntStream.range(0, 2)
            .filter(other -> !isGone[other])
            .filter(other -> identityName(other).equals(identityName(index)))
            .mapToObj(this::binding)
            .toList();
    return new BindingObserver(new Federation("cluster-1", issuer, "default"))
        .observe(
            binding,
            saved[index],
            new BindingObserver.Neighbours(
                Optional.of(identity(identityName(index))),
                Optional.of(Neighbourhood.account(Map.of())),
                Optional.empty(),
                siblings));
  }

  private IdentityBinding binding(int index) {
    var binding = new IdentityBinding();
    var metadata = binding.getMetadata();
    metadata.setNamespace("team");
    metadata.setName(NAMES.get(index));
    metadata.setUid("uid-of-" + NAMES.get(index));
    metadata.setGeneration(1L);
    metadata.setCreationTimestamp("2026-03-01T12:%02d:00Z".formatted(index));
    metadata.setDeletionTimestamp(isDeleting ? "2026-03-01T13:00:00Z" : null);
    binding.setSpec(specs[index]);
    binding.setStatus(saved[index]);
    return binding;
  }

  private String identityName(int index) {
    return specs[index].identityRef().name();
  }

  private ManagedIdentity identity(String name) {
    var identity = new ManagedIdentity();
    identity.getMetadata().setNamespace("shop");
    identity.getMetadata().setName(name);
    var allowed = new AllowedNamespaces(isConsentGiven ? From.ALL : From.SAME, null);
    identity.setSpec(
        new ManagedIdentitySpec(
            IdentityType.USER_ASSIGNED,
            null,
            AzureSpec.DEFAULTS,
            ManagementPolicy.MANAGE,
            DeletionPolicy.DELETE,
            allowed,
            List.of()));
    identity.setStatus(
        ManagedIdentityStatus.EMPTY
            .withResource(id(name).toString(), "westeurope", Ownership.CREATED)
            .withIdentity("client-of-" + name, "principal", "tenant")
            .withContent("f", List.of()));
    return identity;
  }

  private static IdentityId id(String name) {
    return new IdentityId("sub", "group", name);
  }
}
