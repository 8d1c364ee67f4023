package dev.managedidentity.operator.binding;

import static dev.managedidentity.operator.binding.Neighbourhood.WRITTEN;
import static dev.managedidentity.operator.binding.Neighbourhood.binding;
import static dev.managedidentity.operator.binding.Neighbourhood.deleted;
import static dev.managedidentity.operator.binding.Neighbourhood.holding;
import static dev.managedidentity.operator.binding.Neighbourhood.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.FederatedCredentialStatus.State;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.ManagedIdentity;
import dev.managedidentity.operator.api.ManagedIdentityStatus;
import dev.managedidentity.operator.api.Ownership;
import dev.managedidentity.operator.azure.AzureIdentity;
import dev.managedidentity.operator.binding.BindingFacts.Identity;
import dev.managedidentity.operator.binding.BindingFacts.Lifetime;
import dev.managedidentity.operator.binding.BindingFacts.Subject;
import dev.managedidentity.operator.binding.BindingFacts.Trust;
import dev.managedidentity.operator.inventory.Seen;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom the subject may sign in as; rivals and the service account have tests of their own. */
class BindingObserverTest {
  private final Neighbourhood around = new Neighbourhood();

  @Test
  void anIdentityThatIsThereCanBeUsedByACredentialWithADerivedName() {
    var subject = "system:serviceaccount:shop:orders-api";
    var name = DerivedNames.credential("cluster-1", "shop", "binding-1", "https://issuer", subject);

    var facts = around.observe();

    assertThat(facts.identity()).isEqualTo(new Identity.Usable(Situation.ID, "client-1", "tenant"));
    assertThat(account(facts).trust())
        .isEqualTo(new Trust(name, "https://issuer", subject, "api://default"));
    assertThat(around.azure().takeCalls()).isEmpty();
  }

  @Test
  void theAudienceOfTheSpecCounts() {
    var facts =
        around.observe(
            binding("shop", "binding-1", 30, "audience: api://mine"), IdentityBindingStatus.EMPTY);

    assertThat(account(facts).trust().audience()).isEqualTo("api://mine");
  }

  @Test
  void tellsWhetherTheBindingLivesAndForWhom() {
    var facts = around.observe(deleted(binding()), IdentityBindingStatus.EMPTY);

    assertThat(facts.lifetime()).isEqualTo(new Lifetime(3, true));
    assertThat(account(facts).expirationSeconds()).isEqualTo(3600);
    assertThat(account(facts).target().namespace()).isEqualTo("shop");
    assertThat(account(facts).target().name()).isEqualTo("orders-api");
    assertThat(account(facts).target().owner())
        .satisfies(
            owner -> {
              assertThat(owner.getApiVersion()).isEqualTo("managedidentity.dev/v1alpha1");
              assertThat(owner.getKind()).isEqualTo("IdentityBinding");
              assertThat(owner.getName()).isEqualTo("binding-1");
              assertThat(owner.getUid()).isEqualTo("uid-of-binding-1");
            });
  }

  @Test
  void anIdentityThatDoesNotExistIsWaitedFor() {
    assertThat(around.with((ManagedIdentity) null).observe().identity())
        .isEqualTo(
            absent(Reason.IDENTITY_NOT_FOUND, "ManagedIdentity shop/orders does not exist."));
  }

  @Test
  void anIdentityWithoutIdsIsWaitedFor() {
    var notReady =
        absent(Reason.IDENTITY_NOT_READY, "ManagedIdentity shop/orders has no client id yet.");

    assertThat(around.with(identity("{}", null)).observe().identity()).isEqualTo(notReady);
    assertThat(around.with(identity("{}", ManagedIdentityStatus.EMPTY)).observe().identity())
        .isEqualTo(notReady);
    assertThat(
            around
                .with(
                    identity(
                        "{}",
                        ManagedIdentityStatus.EMPTY.withResource(
                            "/subscriptions/s", "w", Ownership.CREATED)))
                .observe()
                .identity())
        .isEqualTo(notReady);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void anIdentityBeingDeletedServesOnlyThoseThatHoldACredential(State state) {
    around.with(deleted(identity("{}", WRITTEN)));
    var going = absent(Reason.IDENTITY_NOT_FOUND, "ManagedIdentity shop/orders is being deleted.");

    var held = around.observe(binding(), holding(state)).identity();

    if (state == State.REFUSED) {
      assertThat(held).isEqualTo(going);
    } else {
      assertThat(held).isInstanceOf(Identity.Usable.class);
    }
    assertThat(around.observe().identity()).isEqualTo(going);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop  | {from: Same}                                                  | true",
        "other | {from: Same}                                                  | false",
        "other | {from: All}                                                   | true",
        "other | {from: Selector, selector: {matchLabels: {team: shop}}}       | true",
        "other | {from: Selector, selector: {matchLabels: {team: other}}}      | false",
        "shop  | {from: Selector, selector: {matchLabels: {team: other}}}      | true",
      })
  void anotherNamespaceNeedsConsent(String namespace, String allowed, boolean isAllowed) {
    around
        .with(identity("{allowedNamespaces: %s}".formatted(allowed), WRITTEN))
        .with(Neighbourhood.namespace(Map.of("team", "shop")));

    var identity =
        around
            .observe(binding(namespace, "binding-1", 30, ""), IdentityBindingStatus.EMPTY)
            .identity();

    if (isAllowed) {
      assertThat(identity).isInstanceOf(Identity.Usable.class);
    } else {
      assertThat(identity)
          .isEqualTo(
              new Identity.Forbidden(
                  new Problem.Refused(
                      Reason.NAMESPACE_NOT_ALLOWED,
                      "ManagedIdentity shop/orders does not allow bindings from namespace"
                          + " other.")));
    }
  }

  /** What is written to it before its ManagedIdentity repaired it would be written twice. */
  @Test
  void nothingIsWrittenToAnIdentityThatIsGoneOrAnother() {
    var frozen =
        new Identity.Frozen(
            Situation.usable(Situation.ID, "client-1"),
            new Problem.Waiting(
                Reason.PRINCIPAL_NOT_VISIBLE,
                "The identity %s was deleted or replaced in Azure.".formatted(Situation.ID)));
    var identities = around.inventory().identities();
    var key = Situation.ID.key();

    Seen.absent(identities, key);
    assertThat(around.observe().identity()).isEqualTo(frozen);

    Seen.present(identities, key, found("client-2"));
    assertThat(around.observe().identity()).isEqualTo(frozen);

    Seen.present(identities, key, found("client-1"));
    assertThat(around.observe().identity()).as("its tags differ").isEqualTo(frozen.usable());
  }

  private static AzureIdentity found(String client) {
    return new AzureIdentity(
        Situation.ID, client, "principal-" + client, "tenant", "westeurope", false, Map.of());
  }

  @Test
  void consentIsAskedForBeforeTheIdentityIsThere() {
    around.with(identity("{}", null));

    assertThat(
            around
                .observe(binding("other", "binding-1", 30, ""), IdentityBindingStatus.EMPTY)
                .identity())
        .isInstanceOf(Identity.Forbidden.class);
  }

  @Test
  void aNamespaceWithoutLabelsMatchesNoSelector() {
    around.with(
        identity(
            "{allowedNamespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}",
            WRITTEN));
    var other = binding("other", "binding-1", 30, "");

    assertThat(around.with((Namespace) null).observe(other, IdentityBindingStatus.EMPTY).identity())
        .isInstanceOf(Identity.Forbidden.class);
    assertThat(
            around
                .with(Neighbourhood.namespace(null))
                .observe(other, IdentityBindingStatus.EMPTY)
                .identity())
        .isInstanceOf(Identity.Forbidden.class);
  }

  private static Subject.Account account(BindingFacts facts) {
    return (Subject.Account) facts.subject();
  }

  private static Identity absent(Reason reason, String detail) {
    return new Identity.Absent(new Problem.Waiting(reason, detail));
  }
}
