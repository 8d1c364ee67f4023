package dev.managedidentity.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.api.IdentityBinding;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundAccountsTest {
  private static final String READY =
      "{clientId: client-1, tenantId: tenant-1, conditions: [{type: Ready, status: 'True', reason:"
          + " Bound, message: ok, lastTransitionTime: '2026-01-01T00:00:00Z'}]}";
  private static final String WAITING =
      "{clientId: client-1, conditions: [{type: Ready, status: Unknown, reason: RolesPending,"
          + " message: Roles are pending., lastTransitionTime: '2026-01-01T00:00:00Z'}]}";
  private static final String NAMED = "{serviceAccount: {name: api}}";
  private static final String SELECTED =
      "{serviceAccountSelector: {matchLabels: {team: shop}, annotate: true}}";

  @Test
  void anIdentityIsThatOfItsBinding() {
    var bound = bound(account(""), binding("one", 1, NAMED, READY));

    assertThat(bound)
        .singleElement()
        .isEqualTo(
            new BoundIdentity(
                "one",
                "orders",
                true,
                Optional.of("client-1"),
                Optional.of("tenant-1"),
                "api://default",
                3600,
                false,
                Optional.empty()));
  }

  @Test
  void theOldestBindingComesFirst() {
    assertThat(
            bound(account(""), binding("young", 2, NAMED, READY), binding("old", 1, NAMED, READY)))
        .extracting(BoundIdentity::binding)
        .containsExactly("old", "young");
  }

  @Test
  void oneThatIsNotReadySaysWhy() {
    assertThat(bound(account(""), binding("one", 1, NAMED, WAITING)).getFirst().waiting())
        .contains("IdentityBinding one is not ready: Roles are pending.");
    assertThat(bound(account(""), binding("one", 1, NAMED, "{}")).getFirst().waiting())
        .contains("IdentityBinding one is not ready: the operator has not looked at it yet.");
  }

  @Test
  void aSelectorBindsAccountsWithItsLabelsOnly() {
    var binding = binding("one", 1, SELECTED, READY);

    assertThat(bound(account("team: shop"), binding)).hasSize(1);
    assertThat(bound(account("team: web"), binding)).isEmpty();
    assertThat(bound(null, binding)).isEmpty();
  }

  @Test
  void anAccountThatIsProvenNeedNotWaitForOthersOfTheSelector() {
    var proven =
        WAITING.replace(
            "{clientId: client-1,",
            "{clientId: client-1, federatedCredentials: [{name: n, identity: /id, issuer: i,"
                + " subject: 'system:serviceaccount:shop:api', audience: a, state: Active,"
                + " clientId: client-1, verifiedAt: '2026-01-01T00:00:00Z'}],");

    assertThat(bound(account("team: shop"), binding("one", 1, SELECTED, proven)))
        .singleElement()
        .satisfies(bound -> assertThat(bound.waiting()).isEmpty());
  }

  @Test
  void aBindingThatIsBeingDeletedBindsNobody() {
    var binding = binding("one", 1, NAMED, READY);
    binding.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    assertThat(bound(account(""), binding)).isEmpty();
  }

  private static List<BoundIdentity> bound(
      @Nullable ServiceAccount account, IdentityBinding... bindings) {
    var caches =
        new BoundAccounts.Caches() {
          @Override
          public Stream<IdentityBinding> about(String namespace, String serviceAccount) {
            return Stream.of(bindings);
          }

          @Override
          public Optional<ServiceAccount> account(String namespace, String name) {
            return Optional.ofNullable(account);
          }
        };
    return new BoundAccounts(caches, "api://default").of("shop", "api").bound();
  }

  private static ServiceAccount account(String labels) {
    return Serialization.unmarshal(
        "metadata: {namespace: shop, name: api, labels: {%s}}".formatted(labels),
        ServiceAccount.class);
  }

  private static IdentityBinding binding(String name, int minute, String subject, String status) {
    return Serialization.unmarshal(
        """
        metadata: {namespace: shop, name: %s, creationTimestamp: '2026-01-01T00:0%d:00Z'}
        spec: {identityRef: {name: orders}, subject: %s}
        status: %s
        """
            .formatted(name, minute, subject, status),
        IdentityBinding.class);
  }
}
