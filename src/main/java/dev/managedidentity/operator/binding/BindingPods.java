package dev.managedidentity.operator.binding;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.pods.BoundAccounts;
import dev.managedidentity.operator.pods.Pods;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pods of bindings: as whom they are to sign in, and how they are. */
public final class BindingPods {
  private final AccountSources accountSources;
  private final BoundAccounts accounts;
  private final Pods pods;

  /**
   * Pods whose changes wake the bindings that they are about.
   *
   * @param isPublishing whether client ids are written where pods can refer to them
   * @param audience of tokens where a binding names none
   */
  BindingPods(boolean isPublishing, String audience, Consumer<ResourceID> waker) {
    this.accountSources = new AccountSources(isPublishing);
    this.accounts = new BoundAccounts(accountSources, audience);
    this.pods =
        new Pods(
            changed ->
                changed.stream()
                    .flatMap(account -> accountSources.about(account.namespace(), account.name()))
                    .map(ResourceID::fromResource)
                    .distinct()
                    .forEach(waker));
  }

  /** The pods that want identities. */
  public Pods all() {
    return pods;
  }

  /** Which service accounts are bound to what. */
  public BoundAccounts accounts() {
    return accounts;
  }

  AccountSources accountSources() {
    return accountSources;
  }

  /** How the pods of a binding are, given as whom they should have been started. */
  PodReport report(IdentityBinding binding, @Nullable String clientId) {
    return new PodReport(pods.count(binding, clientId, accounts));
  }
}
