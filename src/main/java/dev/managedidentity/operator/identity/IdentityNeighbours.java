package dev.managedidentity.operator.identity;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.identity.IdentityFacts.Capacity;
import dev.managedidentity.operator.identity.IdentityFacts.Uses;
import dev.managedidentity.operator.identity.IdentityObserver.Neighbours;
import dev.managedidentity.operator.inventory.Census;
import dev.managedidentity.operator.proof.RoleProofs;
import dev.managedidentity.operator.sharding.ShardPlan;
import dev.managedidentity.operator.sharding.Shards;
import dev.managedidentity.operator.workload.Change;
import dev.managedidentity.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What wakes ManagedIdentities, and how they find each other: bindings, labels of namespaces,
 * workloads, and everybody who holds this object.
 */
public final class IdentityNeighbours {
  private static final String BY_NAMESPACE = "identities-of-namespace";
  private static final String BY_RESOURCE_ID = "identities-of-resource-id";
  private static final String BY_WORKLOAD = "identities-of-workload";
  private static final String BY_ACCOUNT = "identities-of-account";

  private static final Comparator<ManagedIdentity> BY_AGE =
      Comparator.<ManagedIdentity, String>comparing(
              identity -> identity.getMetadata().getCreationTimestamp())
          .thenComparing(identity -> identity.getMetadata().getUid());

  private final WorkloadObserver workloads;
  private final Census census;
  private final boolean isVerifying;
  private final RoleProofs roleProofs;
  private final SimpleInboundEventSource<ManagedIdentity> inbound =
      new SimpleInboundEventSource<>("inbound");
  private final AtomicReference<@Nullable IndexerResourceCache<ManagedIdentity>> cache =
      new AtomicReference<>();
  private final AtomicReference<@Nullable InformerEventSource<Namespace, ManagedIdentity>>
      namespaces = new AtomicReference<>();

  /** Neighbours among which these are the workloads. */
  public IdentityNeighbours(
      Workloads workloads, Census census, boolean isVerifying, RoleProofs roleProofs) {
    this.isVerifying = isVerifying;
    this.roleProofs = roleProofs;
    this.census = census;
    this.workloads = new WorkloadObserver(workloads);
    workloads.subscribe(this::changed);
  }

  List<EventSource<?, ManagedIdentity>> eventSources(EventSourceContext<ManagedIdentity> context) {
    var primary = context.getPrimaryCache();
    primary.addIndexer(BY_NAMESPACE, identity -> List.of(identity.getMetadata().getNamespace()));
    primary.addIndexer(BY_RESOURCE_ID, identity -> Stream.ofNullable(held(identity)).toList());
    primary.addIndexer(BY_WORKLOAD, identity -> Stream.ofNullable(workload(identity)).toList());
    primary.addIndexer(BY_ACCOUNT, identity -> Stream.ofNullable(account(identity)).toList());
    cache.set(primary);
    var labelled = namespaces(context, primary);
    namespaces.set(labelled);
    return List.of(IdentityUsers.source(context), shards(context), labelled, inbound);
  }

  /** A shard that somebody changed or deleted is made as it was. */
  private static EventSource<ManagedIdentity, ManagedIdentity> shards(
      EventSourceContext<ManagedIdentity> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ManagedIdentity.class, ManagedIdentity.class)
            .withName("shards")
            .withLabelSelector(Shards.LABEL)
            .withSecondaryToPrimaryMapper(
                shard -> Shards.parent(shard).map(Set::of).orElseGet(Set::of))
            .withOnUpdateFilter(
                (now, before) ->
                    !now.getSpec().equals(before.getSpec())
                        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                        || !Objects.equals(idOf(now), idOf(before)))
            .build(),
        context);
  }

  private static @Nullable String idOf(ManagedIdentity identity) {
    return identity.getStatus() == null ? null : identity.getStatus().resourceId();
  }

  /** Guardrails depend on the labels of a namespace. */
  private static InformerEventSource<Namespace, ManagedIdentity> namespaces(
      EventSourceContext<ManagedIdentity> context, IndexerResourceCache<ManagedIdentity> primary) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, ManagedIdentity.class)
            .withWatchAllNamespaces()
            .withPrimaryToSecondaryMapper(
                (ManagedIdentity identity) ->
                    Set.of(new ResourceID(identity.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(
                namespace -> ids(primary, BY_NAMESPACE, namespace.getMetadata().getName()))
            .withOnUpdateFilter(
                (now, before) ->
                    !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels()))
            .build(),
        context);
  }

  /** Every ManagedIdentity that the cache has. */
  public Stream<ManagedIdentity> all() {
    var known = cache.get();
    return known == null ? Stream.empty() : known.list();
  }

  /** Lets the operator look at whoever has the identity with this resource id, in lower case. */
  public void wake(String resourceId) {
    var known = cache.get();
    if (known != null && inbound.isRunning()) {
      ids(known, BY_RESOURCE_ID, resourceId).forEach(inbound::propagateEvent);
    }
  }

  /** Lets the operator look at a ManagedIdentity. */
  public void wake(ManagedIdentity identity) {
    inbound.propagateEvent(ResourceID.fromResource(identity));
  }

  /**
   * Before the identities' own cache is filled nobody needs to wake them: all will be looked at.
   */
  private void changed(Change change) {
    var known = cache.get();
    if (known == null || !inbound.isRunning()) {
      return;
    }
    switch (change) {
      case Change.Filled _ ->
          known.list().filter(one -> one.getSpec().workload() != null).forEach(this::wake);
      case Change.Of(var namespace, var ref, var accounts) -> {
        var ids = ids(known, BY_WORKLOAD, key(namespace, ref.kind(), ref.name()));
        accounts.forEach(account -> ids.addAll(ids(known, BY_ACCOUNT, key(namespace, account))));
        ids.forEach(inbound::propagateEvent);
      }
    }
  }

  /**
   * All that stands around a ManagedIdentity in Kubernetes.
   *
   * @param claim resource id of the identity that it has or is to have; empty when it claims none
   */
  Neighbours around(
      ManagedIdentity resource,
      ManagedIdentityStatus status,
      Optional<String> claim,
      Context<ManagedIdentity> context) {
    var bindings = context.getSecondaryResources(IdentityBinding.class);
    var shards =
        context.getSecondaryResources(ManagedIdentity.class).stream()
            .filter(shard -> Shards.isOf(resource, shard))
            .sorted(Comparator.comparing(shard -> shard.getMetadata().getName()))
            .toList();
    var uses =
        new Uses(
            IdentityUsers.of(
                bindings,
                Stream.concat(
                        Stream.ofNullable(status.resourceId()),
                        shards.stream().flatMap(shard -> Stream.ofNullable(idOf(shard))))
                    .toList()),
            workloads.observe(resource),
            IdentityUsers.own(bindings.stream(), resource),
            capacity(resource, status, bindings, shards));
    return new Neighbours(
        labels(resource.getMetadata().getNamespace()),
        uses,
        RoleEffects.of(status, isVerifying, IdentityUsers.areProvable(bindings), roleProofs),
        claim.flatMap(id -> rival(id, resource, status)));
  }

  /** Labels of a namespace; empty while it is not known. */
  Optional<Map<String, String>> labels(String namespace) {
    var known = namespaces.get();
    return known == null
        ? Optional.empty()
        : known
            .get(new ResourceID(namespace))
            .map(
                found ->
                    Objects.requireNonNullElse(
                        found.getMetadata().getLabels(), Map.<String, String>of()));
  }

  private Capacity capacity(
      ManagedIdentity resource,
      ManagedIdentityStatus status,
      Set<IdentityBinding> bindings,
      List<ManagedIdentity> shards) {
    var id = status.resourceId();
    return new Capacity(
        id == null ? 0 : IdentityUsers.credentials(bindings, id) + census.foreign(id),
        shards.stream().map(shard -> shard.getMetadata().getName()).toList(),
        ShardPlan.of(resource, shards, IdentityUsers.places(bindings)));
  }

  /**
   * Another ManagedIdentity that has the identity of this name in Azure, or is to have it first.
   */
  Optional<String> rival(String id, ManagedIdentity resource, ManagedIdentityStatus status) {
    return requireNonNull(cache.get(), "sources are prepared before they are asked")
        .byIndex(BY_RESOURCE_ID, id.toLowerCase(Locale.ROOT))
        .stream()
        .filter(other -> !isSame(other, resource))
        .filter(other -> precedes(other, resource, status))
        .map(IdentityNeighbours::words)
        .findFirst();
  }

  private static String words(ManagedIdentity other) {
    var metadata = other.getMetadata();
    return "ManagedIdentity %s/%s".formatted(metadata.getNamespace(), metadata.getName());
  }

  private static boolean isSame(ManagedIdentity other, ManagedIdentity resource) {
    return other.getMetadata().getUid().equals(resource.getMetadata().getUid());
  }

  /** Who has the identity keeps it; among those who may have it the oldest comes first. */
  private static boolean precedes(
      ManagedIdentity other, ManagedIdentity resource, ManagedIdentityStatus status) {
    var otherHasIt = other.getStatus() != null && hasIdentity(other.getStatus());
    var hasIt = hasIdentity(status);
    return otherHasIt == hasIt ? BY_AGE.compare(other, resource) < 0 : otherHasIt;
  }

  private static boolean hasIdentity(ManagedIdentityStatus status) {
    return status.clientId() != null && status.ownership() != Ownership.OBSERVED;
  }

  private static @Nullable String held(ManagedIdentity identity) {
    var status = identity.getStatus();
    return status == null || status.resourceId() == null || status.ownership() == Ownership.OBSERVED
        ? null
        : status.resourceId().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String workload(ManagedIdentity identity) {
    var workload = identity.getSpec().workload();
    return workload == null
        ? null
        : key(identity.getMetadata().getNamespace(), workload.kind(), workload.name());
  }

  private static @Nullable String account(ManagedIdentity identity) {
    var status = identity.getStatus();
    return status == null || status.serviceAccount() == null
        ? null
        : key(identity.getMetadata().getNamespace(), status.serviceAccount());
  }

  private static String key(String... parts) {
    return String.join("/", parts);
  }

  private static Set<ResourceID> ids(
      IndexerResourceCache<ManagedIdentity> cache, String index, String key) {
    return cache.byIndex(index, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
