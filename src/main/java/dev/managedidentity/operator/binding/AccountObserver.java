package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ServiceAccountSelector;
import dev.managedidentity.operator.api.ServiceAccountSubject;
import dev.managedidentity.operator.binding.BindingFacts.Account;
import dev.managedidentity.operator.binding.BindingFacts.ExistingAccount;
import dev.managedidentity.operator.binding.BindingFacts.Publication;
import dev.managedidentity.operator.kube.AccountAnnotations;
import dev.managedidentity.operator.kube.ClientIdMaps;
import dev.managedidentity.operator.pods.BoundAccounts;
import dev.managedidentity.operator.pods.ClientIds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which service accounts a binding means, and what it has set for which.
 *
 * @param found those that it means, or set something on
 * @param maps ConfigMaps into which it has published client ids, and those of the accounts that it
 *     means; empty when none are published
 */
record AccountObserver(
    IdentityBinding binding, List<ServiceAccount> found, Optional<List<ConfigMap>> maps) {
  AccountObserver {
    found = List.copyOf(found);
    maps = maps.map(List::copyOf);
  }

  /** Those that are meant. */
  List<Account> meant() {
    var subject = binding.getSpec().subject();
    var one = subject.serviceAccount();
    if (one != null) {
      return List.of(account(one));
    }
    var selector = subject.serviceAccountSelector();
    return selector == null
        ? List.of()
        : found.stream()
            .filter(account -> isMeant(selector, account))
            .map(account -> account.getMetadata().getName())
            .sorted()
            .map(name -> account(new ServiceAccountSubject(name, false, selector.annotate())))
            .toList();
  }

  /** Those that were meant before: what the binding set for them goes. */
  List<Account> left() {
    var meant =
        meant().stream().map(account -> account.target().name()).collect(Collectors.toSet());
    return Stream.concat(
            found.stream().map(account -> account.getMetadata().getName()),
            published().map(ClientIdMaps::account))
        .distinct()
        .filter(name -> !name.isEmpty() && !meant.contains(name))
        .sorted(Comparator.naturalOrder())
        .map(name -> account(new ServiceAccountSubject(name, false, false)))
        .toList();
  }

  /** Whether a service account has the labels that the binding asks for, or something set by it. */
  static boolean concerns(IdentityBinding binding, ServiceAccount account) {
    var selector = binding.getSpec().subject().serviceAccountSelector();
    return (selector != null && isMeant(selector, account))
        || target(binding, account.getMetadata().getName()).isAnnotatorOf(account);
  }

  private static boolean isMeant(ServiceAccountSelector selector, ServiceAccount account) {
    var labels = account.getMetadata().getLabels();
    return !account.isMarkedForDeletion() && selector.matches(labels == null ? Map.of() : labels);
  }

  private Account account(ServiceAccountSubject wish) {
    var target = target(binding, wish.name());
    return new Account(
        wish,
        target,
        found.stream()
            .filter(one -> one.getMetadata().getName().equals(wish.name()))
            .map(one -> existing(one, target))
            .findFirst(),
        maps.map(all -> publication(target)));
  }

  private Publication publication(AccountAnnotations.Target target) {
    var name = ClientIds.configMap(target.name());
    var map = published().filter(one -> one.getMetadata().getName().equals(name)).findFirst();
    return new Publication(
        name,
        map.map(one -> one.getMetadata().getUid()),
        BoundAccounts.identity(binding),
        map.map(one -> ClientIdMaps.entries(target, one)).orElse(Map.of()));
  }

  private Stream<ConfigMap> published() {
    return maps.stream().flatMap(List::stream);
  }

  private static AccountAnnotations.Target target(IdentityBinding binding, String account) {
    var metadata = binding.getMetadata();
    return new AccountAnnotations.Target(
        metadata.getNamespace(),
        account,
        metadata.getName(),
        new OwnerReferenceBuilder()
            .withApiVersion(binding.getApiVersion())
            .withKind(binding.getKind())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build());
  }

  private static ExistingAccount existing(
      ServiceAccount account, AccountAnnotations.Target target) {
    var metadata = account.getMetadata();
    return new ExistingAccount(
        metadata.getUid(),
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
        target.isOwnerOf(account),
        target.isAnnotatorOf(account));
  }
}
