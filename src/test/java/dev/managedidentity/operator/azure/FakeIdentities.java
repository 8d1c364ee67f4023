package dev.managedidentity.operator.azure;

import static java.util.Objects.requireNonNull;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The fake's user-assigned identities and their credentials. */
final class FakeIdentities {
  private final Map<String, AzureIdentity> identities = new TreeMap<>();
  private final Map<String, FederatedCredential> credentials = new TreeMap<>();
  private int created;

  /** A principal id that nobody has yet. */
  String nextPrincipal() {
    created++;
    return "principal-" + created;
  }

  Optional<AzureIdentity> find(IdentityId id) {
    return Optional.ofNullable(identities.get(id.key()));
  }

  AzureIdentity write(IdentityDefinition definition) {
    return requireNonNull(
        identities.compute(
            definition.id().key(),
            (_, old) -> old == null ? created(definition) : changed(old, definition)));
  }

  void remove(IdentityId id) {
    identities.remove(id.key());
    credentials.values().removeIf(credential -> credential.identity().isSame(id));
  }

  void replace(IdentityId id) {
    var old = requireNonNull(identities.get(id.key()));
    remove(id);
    write(definition(old));
  }

  /** Changes an identity if it exists. */
  void edit(IdentityId id, UnaryOperator<IdentityDefinition> edit) {
    find(id).ifPresent(old -> write(edit.apply(definition(old))));
  }

  List<AzureIdentity> all() {
    return List.copyOf(identities.values());
  }

  List<AzureIdentity> list(String scope) {
    return identities.values().stream()
        .filter(one -> FakeAzure.isWithin(one.id().toString(), scope))
        .toList();
  }

  void writeCredential(FederatedCredential credential) {
    refuse(credential);
    putCredential(credential);
  }

  void putCredential(FederatedCredential credential) {
    credentials.put(key(credential.identity(), credential.name()), credential);
  }

  void removeCredential(IdentityId identity, String name) {
    credentials.remove(key(identity, name));
  }

  List<FederatedCredential> allCredentials() {
    return List.copyOf(credentials.values());
  }

  List<FederatedCredential> listCredentials(IdentityId identity) {
    return credentials.values().stream().filter(one -> one.identity().isSame(identity)).toList();
  }

  private void refuse(FederatedCredential wanted) {
    if (!identities.containsKey(wanted.identity().key())) {
      throw new FakeAzure.Refusal(new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, "no identity"));
    }
    var isTaken =
        listCredentials(wanted.identity()).stream()
            .filter(one -> !one.name().equals(wanted.name()))
            .anyMatch(
                one ->
                    one.issuer().equals(wanted.issuer()) && one.subject().equals(wanted.subject()));
    if (isTaken) {
      throw new FakeAzure.Refusal(new Problem.Blocked(Reason.SUBJECT_ALREADY_BOUND, "taken"));
    }
  }

  private AzureIdentity created(IdentityDefinition definition) {
    var principal = nextPrincipal();
    return new AzureIdentity(
        definition.id(),
        "client-" + created,
        principal,
        "tenant",
        definition.location(),
        definition.isRegional(),
        definition.tags());
  }

  private static AzureIdentity changed(AzureIdentity old, IdentityDefinition definition) {
    return new AzureIdentity(
        old.id(),
        old.clientId(),
        old.principalId(),
        old.tenantId(),
        old.location(),
        definition.isRegional(),
        definition.tags());
  }

  private static IdentityDefinition definition(AzureIdentity identity) {
    return new IdentityDefinition(
        identity.id(), identity.location(), identity.isRegional(), identity.tags());
  }

  private static String key(IdentityId identity, String name) {
    return identity.key() + "/" + name;
  }
}
