package dev.managedidentity.operator.pods;

import dev.managedidentity.operator.api.IdentityBinding;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of the cluster that want an identity, as the cache has them. */
public final class Pods {
  /** A burst of pods leads to one look at their binding. */
  private static final Duration BURST = Duration.ofSeconds(1);

  private static final String ACCOUNT = "account";

  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
  private final Gathering<Account> changes;

  private record Known(IndexerResourceCache<Pod> cache, Consumer<ResourceID> waker) {}

  /** A service account; a namespace may be meant as a whole, by an empty name. */
  public record Account(String namespace, String name) {
    private String key() {
      return namespace + "/" + name;
    }
  }

  /** Tells a listener, a while after the first change, whose pods have come, changed or gone. */
  public Pods(Consumer<Set<Account>> listener) {
    this.changes = new Gathering<>(BURST, listener);
  }

  /** Looks in this cache from now on; the waker lets a pod be looked at. */
  void follow(IndexerResourceCache<Pod> cache, Consumer<ResourceID> waker) {
    cache.addIndexer(
        ACCOUNT,
        pod -> {
          var account = account(pod);
          return List.of(account.key(), new Account(account.namespace(), "").key());
        });
    known.set(new Known(cache, waker));
  }

  /** A pod has come, changed or gone. */
  void changed(Pod pod) {
    changes.add(account(pod));
  }

  /** A binding has come, changed or gone: its pods are looked at. */
  public void changed(IdentityBinding binding) {
    var now = known.get();
    if (now != null) {
      of(binding, now).map(ResourceID::fromResource).forEach(now.waker());
    }
  }

  /**
   * How many pods use a binding.
   *
   * @param client as whom they should have been started; null when that is not known
   */
  public PodCounts count(
      IdentityBinding binding, @Nullable String client, PodAdmission.Accounts accounts) {
    var now = known.get();
    if (now == null) {
      return PodCounts.NONE;
    }
    var name = binding.getMetadata().getName();
    var using =
        of(binding, now)
            .map(KnownPod::of)
            .filter(pod -> !pod.isOver())
            .filter(pod -> isUsing(pod, name, accounts))
            .toList();
    return new PodCounts(
        using.size(),
        (int) using.stream().filter(KnownPod::isGated).count(),
        client == null
            ? List.of()
            : using.stream()
                .filter(pod -> pod.isStale(client))
                .map(KnownPod::name)
                .sorted()
                .toList());
  }

  /** How many pods are kept from being scheduled. */
  public long gated() {
    var now = known.get();
    return now == null ? 0 : now.cache().list().map(KnownPod::of).filter(KnownPod::isGated).count();
  }

  private static boolean isUsing(KnownPod pod, String binding, PodAdmission.Accounts accounts) {
    var wish = pod.wish();
    return Choice.of(wish, accounts.of(wish.namespace(), wish.serviceAccount()))
            instanceof Choice.Bound(var identity)
        && identity.binding().equals(binding);
  }

  private static Stream<Pod> of(IdentityBinding binding, Known known) {
    var subject = binding.getSpec().subject();
    var namespace = binding.getMetadata().getNamespace();
    if (subject.serviceAccount() != null) {
      var account = new Account(namespace, subject.serviceAccount().name());
      return known.cache().byIndex(ACCOUNT, account.key()).stream();
    }
    return subject.serviceAccountSelector() == null
        ? Stream.empty()
        : known.cache().byIndex(ACCOUNT, new Account(namespace, "").key()).stream();
  }

  private static Account account(Pod pod) {
    var wish = KnownPod.of(pod).wish();
    return new Account(wish.namespace(), wish.serviceAccount());
  }
}
