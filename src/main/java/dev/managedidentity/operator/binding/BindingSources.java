package dev.managedidentity.operator.binding;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.kube.PrimaryFeed;
import dev.managedidentity.operator.sharding.Shards;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What wakes bindings: their identity, their service account, their namespace, other bindings of
 * their subject, and whoever saw that something in Azure is not as they count on. And what stands
 * around one, from the same caches: whoever is woken sees why.
 */
public final class BindingSources {
  private static final String SUBJECT = "Subject";
  private static final String CREDENTIAL = "Credential";
  private static final String IDENTITY = "Identity";
  private static final String PARENT = "Parent";

  private final SimpleInboundEventSource<IdentityBinding> inventory =
      new SimpleInboundEventSource<>("inventory");
  private final AccountSources accounts;
  private final Consumer<IdentityBinding> listener;
  private final AtomicReference<@Nullable Caches> caches = new AtomicReference<>();

  private record Caches(
      IndexerResourceCache<IdentityBinding> bindings,
      InformerEventSource<IdentityBinding, IdentityBinding> siblings,
      InformerEventSource<ManagedIdentity, IdentityBinding> identities,
      InformerEventSource<Namespace, IdentityBinding> namespaces) {}

  /** Tells a listener, which must be quick, of every binding that comes, changes or goes. */
  BindingSources(AccountSources accounts, Consumer<IdentityBinding> listener) {
    this.accounts = accounts;
    this.listener = listener;
  }

  /** The sources of a controller that is about to start. */
  List<EventSource<?, IdentityBinding>> prepare(EventSourceContext<IdentityBinding> context) {
    var bindings = context.getPrimaryCache();
    bindings.addIndexer(SUBJECT, binding -> List.of(subjectOf(binding)));
    var identities =
        source(
            context,
            ManagedIdentity.class,
            binding -> Optional.of(identityOf(binding)),
            changed -> Shards.parent(changed).orElseGet(() -> ResourceID.fromResource(changed)),
            Admission::isSeenByBindings);
    identities.addIndexers(
        Map.of(
            PARENT,
            identity -> Shards.parent(identity).map(ResourceID::toString).stream().toList()));
    var siblings = siblings(context);
    var namespaces =
        source(
            context,
            Namespace.class,
            binding -> Optional.of(new ResourceID(binding.getMetadata().getNamespace())),
            ResourceID::fromResource,
            (now, before) ->
                !Objects.equals(now.getMetadata().getLabels(), before.getMetadata().getLabels()));
    caches.set(new Caches(bindings, siblings, identities, namespaces));
    var sources = new ArrayList<>(accounts.prepare(context));
    sources.add(new PrimaryFeed<>(IdentityBinding.class, listener, listener));
    sources.add(identities);
    sources.add(siblings);
    sources.add(inventory);
    sources.add(namespaces);
    return sources;
  }

  /** Lets the binding with this name be looked at, if it exists. */
  public void wake(ResourceID binding) {
    inventory.propagateEvent(binding);
  }

  /** Lets every binding be looked at: what all have in common has changed. */
  public void wakeAll() {
    all().map(ResourceID::fromResource).forEach(this::wake);
  }

  /** Every binding as the cache has it; nothing before the operator has started. */
  public Stream<IdentityBinding> all() {
    var known = caches.get();
    return known == null ? Stream.empty() : known.bindings().list();
  }

  /** Whether the credential with this resource id, in lower case, is some binding's. */
  public boolean isOurs(String credential) {
    var known = caches.get();
    return known != null && !known.siblings().byIndex(CREDENTIAL, credential).isEmpty();
  }

  /** What stands around a binding. */
  BindingObserver.Neighbours neighbours(IdentityBinding binding) {
    var parties = parties(binding);
    var isEnding = parties.namespace().filter(HasMetadata::isMarkedForDeletion).isPresent();
    return new BindingObserver.Neighbours(
        parties, quarter(binding), accounts.around(binding, isEnding));
  }

  /** Who has a say about a binding, which need not exist. */
  Admission.Parties parties(IdentityBinding binding) {
    var known = requireNonNull(caches.get(), "sources are prepared before they are asked");
    return new Admission.Parties(
        known.identities().get(identityOf(binding)),
        known.namespaces().get(new ResourceID(binding.getMetadata().getNamespace())),
        siblings(binding));
  }

  private Lodging.Quarter quarter(IdentityBinding binding) {
    var known = requireNonNull(caches.get(), "sources are prepared before the first pass");
    var identity = identityOf(binding);
    return new Lodging.Quarter(
        known.identities().byIndex(PARENT, identity.toString()),
        known.siblings().byIndex(IDENTITY, identity.toString()),
        name -> isOthers(known, new ResourceID(name, binding.identityNamespace()), identity));
  }

  private static boolean isOthers(Caches known, ResourceID name, ResourceID parent) {
    return known
        .identities()
        .get(name)
        .filter(found -> !Shards.parent(found).filter(parent::equals).isPresent())
        .isPresent();
  }

  private List<Rivals.Sibling> siblings(IdentityBinding binding) {
    var known = requireNonNull(caches.get(), "sources are prepared before the first pass");
    return known.siblings().byIndex(SUBJECT, subjectOf(binding)).stream()
        .map(
            sibling ->
                new Rivals.Sibling(
                    sibling,
                    known
                        .identities()
                        .get(identityOf(sibling))
                        .map(ManagedIdentity::getStatus)
                        .map(ManagedIdentityStatus::resourceId)
                        .orElse(null)))
        .toList();
  }

  /** Its cache is not the primary one, which may be older or newer than the event. */
  private static InformerEventSource<IdentityBinding, IdentityBinding> siblings(
      EventSourceContext<IdentityBinding> context) {
    var cache = context.getPrimaryCache();
    var siblings =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(IdentityBinding.class, IdentityBinding.class)
                .withName("siblings")
                .withSecondaryToPrimaryMapper(
                    changed ->
                        cache.byIndex(SUBJECT, subjectOf(changed)).stream()
                            .map(ResourceID::fromResource)
                            .filter(other -> !other.equals(ResourceID.fromResource(changed)))
                            .collect(Collectors.toSet()))
                .withOnUpdateFilter(Rivals::isSeenBySiblings)
                .build(),
            context);
    siblings.addIndexers(
        Map.of(
            SUBJECT,
            binding -> List.of(subjectOf(binding)),
            IDENTITY,
            binding -> List.of(identityOf(binding).toString()),
            CREDENTIAL,
            BindingExpectations::credentialIds));
    return siblings;
  }

  private static <T extends HasMetadata> InformerEventSource<T, IdentityBinding> source(
      EventSourceContext<IdentityBinding> context,
      Class<T> kind,
      Function<IdentityBinding, Optional<ResourceID>> neighbour,
      Function<T, ResourceID> neighbourOf,
      OnUpdateFilter<T> filter) {
    var cache = context.getPrimaryCache();
    var index = kind.getSimpleName();
    cache.addIndexer(
        index, binding -> neighbour.apply(binding).map(ResourceID::toString).stream().toList());
    var informer =
        InformerEventSourceConfiguration.from(kind, IdentityBinding.class)
            .withPrimaryToSecondaryMapper(
                (IdentityBinding binding) ->
                    neighbour.apply(binding).map(Set::of).orElseGet(Set::of))
            .withSecondaryToPrimaryMapper(
                changed ->
                    cache.byIndex(index, neighbourOf.apply(changed).toString()).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withOnUpdateFilter(filter);
    if (!Namespaced.class.isAssignableFrom(kind)) {
      informer.withWatchAllNamespaces();
    }
    return new InformerEventSource<>(informer.build(), context);
  }

  private static ResourceID identityOf(IdentityBinding binding) {
    return new ResourceID(binding.getSpec().identityRef().name(), binding.identityNamespace());
  }

  /**
   * A subject as one word, equal for the same subject: a resource and an outsider may be bound from
   * anywhere. A selector is only its own binding's.
   */
  private static String subjectOf(IdentityBinding binding) {
    var subject = binding.getSpec().subject();
    var resource = subject.azureResource();
    var external = subject.external();
    if (resource != null) {
      return resource.id().toLowerCase(Locale.ROOT);
    }
    return external == null
        ? AccountSources.accountOf(binding).orElseGet(() -> ResourceID.fromResource(binding)) + ""
        : external.issuer() + " " + external.subject();
  }
}
