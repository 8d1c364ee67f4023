package dev.managedidentity.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.AllowedNamespaces;
import dev.managedidentity.operator.api.AllowedNamespaces.From;
import dev.managedidentity.operator.api.AzureResourceRef;
import dev.managedidentity.operator.api.AzureSpec;
import dev.managedidentity.operator.api.DeletionPolicy;
import dev.managedidentity.operator.api.FederationSpec;
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
import dev.managedidentity.operator.api.Rollout;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.api.Subject;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.azure.Weather;
import dev.managedidentity.operator.guardrails.Guardrails;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.inventory.WatchedGateway;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Verdict;
import dev.managedidentity.operator.sharding.Places;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two bindings of team/orders-api and two of a virtual machine, two identities of another
 * namespace, what is saved, and Azure, where others are at work too.
 */
final class World {
  private static final int MANY = 40;
  private static final List<String> NAMES = List.of("one", "two", "machine-one", "machine-two");
  private static final List<String> IDENTITIES = List.of("orders", "other");
  private static final KubernetesClient NO_CLIENT =
      new KubernetesClientBuilder().withConfig(Config.empty()).build();

  private final Random random;
  private final Weather weather;
  private final Others others;
  private final BindingApplier applier;
  private final IdentityBindingStatus[] saved = new IdentityBindingStatus[NAMES.size()];
  private final boolean[] isGone = new boolean[NAMES.size()];
  private final Verdict[] verdicts = new Verdict[NAMES.size()];
  private final IdentityBindingSpec[] specs = new IdentityBindingSpec[NAMES.size()];
  private boolean isConsentGiven;
  private boolean isDeleting;
  private String issuer = "https://issuer";

  World(Random random) {
    this.random = random;
    this.weather = new Weather(random);
    this.others = new Others(random, IDENTITIES.stream().map(World::id).toList());
    this.applier =
        new BindingApplier(
            new WatchedGateway(others.azure(), others.inventory()),
            new AccountWriters(NO_CLIENT),
            Situation.signedIn(),
            Situation.counting(),
            InstantSource.fixed(Instant.EPOCH));
    java.util.Arrays.fill(saved, IdentityBindingStatus.EMPTY);
    others.azure().failBy(weather);
  }

  Weather weather() {
    return weather;
  }

  Others others() {
    return others;
  }

  /** People change what they ask for, here and in Azure. */
  void change() {
    isConsentGiven = random.nextInt(4) > 0;
    issuer = random.nextInt(3) == 0 ? "https://issuer-" + random.nextInt(3) : issuer;
    for (var index = 0; index < NAMES.size(); index++) {
      var isMachine = isMachine(index);
      specs[index] =
          new IdentityBindingSpec(
              new IdentityRef(IDENTITIES.get(random.nextInt(2)), "shop"),
              isMachine
                  ? Subject.of(new AzureResourceRef(Others.MACHINE))
                  : Subject.of(new ServiceAccountSubject("orders-api", false, false)),
              isMachine ? null : "audience-" + random.nextInt(2),
              null,
              3600,
              Rollout.NEVER);
    }
    others.edit(List.of(saved));
    look();
  }

  void delete() {
    isDeleting = true;
  }

  boolean isConsentGiven() {
    return isConsentGiven;
  }

  /** Whether this one and the next ask for the same. */
  boolean areRivals(int index) {
    return identityName(index).equals(identityName(index + 1));
  }

  IdentityId identityAskedFor(int index) {
    return id(identityName(index));
  }

  Verdict verdict(int index) {
    return verdicts[index];
  }

  int size() {
    return NAMES.size();
  }

  /** The inventory comes round. */
  private void look() {
    var bindings = IntStream.range(0, NAMES.size()).mapToObj(this::binding).toList();
    others.look(bindings);
  }

  /** Looks after all until none has anything left to write. */
  void settle() {
    for (var rounds = 0; rounds < MANY; rounds++) {
      var before = List.of(saved);
      look();
      others.azure().takeCalls();
      for (var index = 0; index < NAMES.size(); index++) {
        pass(index);
      }
      if (List.of(saved).equals(before) && writes().isEmpty() && !isAzureAtWork()) {
        return;
      }
    }
    throw new AssertionError("They do not come to rest.");
  }

  /** What Azure is asked again and again is no rest; what it refuses is asked again by and by. */
  private List<String> writes() {
    var isRefused =
        IntStream.range(0, NAMES.size())
            .anyMatch(index -> verdicts[index] instanceof Verdict.Troubled);
    return isRefused ? List.of() : others.azure().takeCalls();
  }

  private boolean isAzureAtWork() {
    return List.of(saved).stream()
        .flatMap(status -> status.assignments().stream())
        .anyMatch(entry -> entry.operation() != null);
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
        if (isGone[index]) {
          saved[index] = IdentityBindingStatus.EMPTY;
        }
        return verdict;
      }
      weather.mayKill();
      facts = facts.after(status, plan.names());
    }
    throw new AssertionError("The planner goes round in a circle.");
  }

  private void isTrue(int index) {
    if (isMachine(index)) {
      assertThat(saved[index].assignments()).hasSize(1);
      assertThat(others.machine().orElseThrow().has(identityAskedFor(index))).isTrue();
    } else {
      isTrueOfAccount(index);
    }
  }

  /** The credential that the binding speaks of is there, as asked, and it made no other. */
  private void isTrueOfAccount(int index) {
    var azure = others.azure();
    assertThat(saved[index].federatedCredentials())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(azure.credentials())
                    .contains(
                        new FederatedCredential(
                            identityAskedFor(index),
                            entry.name(),
                            issuer,
                            "system:serviceaccount:team:orders-api",
                            String.valueOf(specs[index].audience()))));
    assertThat(azure.credentials())
        .filteredOn(one -> one.name().startsWith("team-" + NAMES.get(index) + "-"))
        .hasSize(1);
  }

  private BindingFacts observe(int index) {
    var siblings =
        IntStream.range(0, NAMES.size())
            .filter(other -> !isGone[other])
            .filter(other -> isMachine(other) == isMachine(index))
            .mapToObj(
                other -> new Rivals.Sibling(binding(other), identityAskedFor(other).toString()))
            .toList();
    return new BindingObserver(
            new WatchedGateway(others.azure(), others.inventory()),
            new BearerObserver(
                new Federation("cluster-1", "default"),
                Situation.issuedBy(issuer),
                others.inventory(),
                Situation.UNPROVEN),
            new Lodging(new Places(), new Census(_ -> {})),
            new Guardrails(List.of(Neighbourhood.ANY_RESOURCE), null, null, false),
            others.inventory())
        .observe(
            binding(index),
            saved[index],
            new BindingObserver.Neighbours(
                new Admission.Parties(
                    Optional.of(identity(identityName(index))),
                    Optional.of(Neighbourhood.namespace(Map.of("team", "shop"))),
                    siblings),
                new Lodging.Quarter(List.of(), List.of(), _ -> false),
                new AccountObserver(
                    binding(index), List.of(Neighbourhood.account(Map.of())), Optional.empty())));
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

  private static boolean isMachine(int index) {
    return index >= 2;
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
            FederationSpec.DEFAULTS,
            List.of()));
    identity.setStatus(
        ManagedIdentityStatus.EMPTY
            .withResource(id(name).toString(), "westeurope", Ownership.CREATED)
            .withIdentity(others.clientId(id(name)), "principal", "tenant")
            .withContent("f", List.of()));
    return identity;
  }

  /** What the machine must have: what others gave it, and what bindings asked for. */
  Set<String> assigned() {
    return others.machine().map(AzureResource::userAssigned).orElse(Set.of());
  }

  private static IdentityId id(String name) {
    return new IdentityId("sub", "group", name);
  }
}
