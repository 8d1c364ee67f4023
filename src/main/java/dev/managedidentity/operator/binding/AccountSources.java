package dev.managedidentity.operator.binding;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.kube.ClientIdMaps;
import dev.managedidentity.operator.pods.BoundAccounts;
import dev.managedidentity.operator.pods.ClientIds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Service accounts, the ConfigMaps with client ids for their pods, and which bindings are about
 * them.
 */
final class AccountSources implements BoundAccounts.Caches {
  private static final String ACCOUNT = "account";
  private static final String NAMESPACE = "accounts-of-namespace";
  private static final String OWNER = "owner";

  /** Stands for the accounts of a namespace that a selector is about. */
  private static final String ALL = "/*";

  private final boolean isPublishing;
  private final AtomicReference<@Nullable Caches> caches = new AtomicReference<>();

  private record Caches(
      IndexerResourceCache<IdentityBinding> bindings,
      InformerEventSource<ServiceAccount, IdentityBinding> accounts,
      Optional<InformerEventSource<ConfigMap, IdentityBinding>> maps) {}

  /** Looks after ConfigMaps only where client ids are published. */
  AccountSources(boolean isPublishing) {
    this.isPublishing = isPublishing;
  }

  List<EventSource<?, IdentityBinding>> prepare(EventSourceContext<IdentityBinding> context) {
    var accounts = accounts(context);
    var maps =
        isPublishing
            ? Optional.of(maps(context))
            : Optional.<InformerEventSource<ConfigMap, IdentityBinding>>empty();
    caches.set(new Caches(context.getPrimaryCache(), accounts, maps));
    return Stream.<EventSource<?, IdentityBinding>>concat(Stream.of(accounts), maps.stream())
        .toList();
  }

  /**
   * What stands around a binding.
   *
   * @param isEnding whether its namespace goes, and takes all ConfigMaps with it
   */
  AccountObserver around(IdentityBinding binding, boolean isEnding) {
    var known = requireNonNull(caches.get(), "sources are prepared before the first pass");
    var found = found(binding, known);
    return new AccountObserver(
        binding,
        found,
        known.maps().filter(_ -> !isEnding).map(maps -> maps(binding, found, maps)));
  }

  @Override
  public Stream<IdentityBinding> about(String namespace, String serviceAccount) {
    var known = caches.get();
    return known == null
        ? Stream.empty()
        : Stream.of(new ResourceID(serviceAccount, namespace).toString(), namespace + ALL)
            .flatMap(key -> known.bindings().byIndex(ACCOUNT, key).stream());
  }

  @Override
  public Optional<ServiceAccount> account(String namespace, String name) {
    var known = caches.get();
    return known == null ? Optional.empty() : known.accounts().get(new ResourceID(name, namespace));
  }

  /** Those that the binding names, has labels of, or set something on. */
  private static List<ServiceAccount> found(IdentityBinding binding, Caches known) {
    var named = accountOf(binding);
    if (named.isPresent()) {
      return known.accounts().get(named.get()).stream().toList();
    }
    return binding.getSpec().subject().serviceAccountSelector() == null
        ? List.of()
        : known.accounts().byIndex(NAMESPACE, binding.getMetadata().getNamespace()).stream()
            .filter(account -> AccountObserver.concerns(binding, account))
            .toList();
  }

  private static List<ConfigMap> maps(
      IdentityBinding binding,
      List<ServiceAccount> accounts,
      InformerEventSource<ConfigMap, IdentityBinding> maps) {
    var ofAccounts =
        accounts.stream()
            .map(
                account ->
                    new ResourceID(
                        ClientIds.configMap(account.getMetadata().getName()),
                        account.getMetadata().getNamespace()))
            .flatMap(name -> maps.get(name).stream());
    return Stream.concat(ofAccounts, maps.byIndex(OWNER, binding.getMetadata().getUid()).stream())
        .distinct()
        .toList();
  }

  private static InformerEventSource<ConfigMap, IdentityBinding> maps(
      EventSourceContext<IdentityBinding> context) {
    var maps =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ConfigMap.class, IdentityBinding.class)
                .withLabelSelector(ClientIdMaps.LABEL + "=true")
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(IdentityBinding.class))
                .build(),
            context);
    maps.addIndexers(
        Map.of(
            OWNER,
            map ->
                map.getMetadata().getOwnerReferences().stream()
                    .map(OwnerReference::getUid)
                    .toList()));
    return maps;
  }

  /** An account wakes the bindings that name it, and those that choose among all by labels. */
  private static InformerEventSource<ServiceAccount, IdentityBinding> accounts(
      EventSourceContext<IdentityBinding> context) {
    var cache = context.getPrimaryCache();
    cache.addIndexer(
        ACCOUNT,
        binding ->
            accountOf(binding).map(ResourceID::toString).or(() -> selectedFrom(binding)).stream()
                .toList());
    var accounts =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ServiceAccount.class, IdentityBinding.class)
                .withPrimaryToSecondaryMapper(
                    (IdentityBinding binding) -> accountOf(binding).map(Set::of).orElseGet(Set::of))
                .withSecondaryToPrimaryMapper(
                    changed ->
                        Stream.of(
                                ResourceID.fromResource(changed).toString(),
                                changed.getMetadata().getNamespace() + ALL)
                            .flatMap(key -> cache.byIndex(ACCOUNT, key).stream())
                            .map(ResourceID::fromResource)
                            .collect(Collectors.toSet()))
                .build(),
            context);
    accounts.addIndexers(
        Map.of(NAMESPACE, account -> List.of(account.getMetadata().getNamespace())));
    return accounts;
  }

  private static Optional<String> selectedFrom(IdentityBinding binding) {
    return Optional.ofNullable(binding.getSpec().subject().serviceAccountSelector())
        .map(_ -> binding.getMetadata().getNamespace() + ALL);
  }

  /** The service account that a binding names. */
  static Optional<ResourceID> accountOf(IdentityBinding binding) {
    return Optional.ofNullable(binding.getSpec().subject().serviceAccount())
        .map(account -> new ResourceID(account.name(), binding.getMetadata().getNamespace()));
  }
}
