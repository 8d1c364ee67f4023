package dev.managedidentity.operator.binding;

import static java.util.stream.Collectors.toMap;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.IdentityBindingStatus;
import dev.managedidentity.operator.api.Use;
import dev.managedidentity.operator.azure.AzureResource;
import dev.managedidentity.operator.azure.FakeAzure;
import dev.managedidentity.operator.azure.FederatedCredential;
import dev.managedidentity.operator.azure.IdentityId;
import dev.managedidentity.operator.inventory.Inventory;
import dev.managedidentity.operator.inventory.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** People who work in Azure by hand, and the inventory that sees what they did. */
final class Others {
  static final String MACHINE = ResourceSituation.MACHINE;
  private static final IdentityId BYSTANDER = new IdentityId("sub", "group", "bystander");

  private final Random random;
  private final List<IdentityId> identities;
  private final FakeAzure azure = new FakeAzure();
  private final Inventory inventory = Seen.inventory();
  private final Set<String> given = new TreeSet<>();

  Others(Random random, List<IdentityId> identities) {
    this.random = random;
    this.identities = identities;
    identities.forEach(identity -> azure.withIdentity(identity, Map.of()));
    if (random.nextBoolean()) {
      azure.slow(random.nextInt(3));
    }
    createMachine();
  }

  FakeAzure azure() {
    return azure;
  }

  Inventory inventory() {
    return inventory;
  }

  Optional<AzureResource> machine() {
    return azure.resources().stream().findFirst();
  }

  /** The identities that people gave the machine, and did not take again. */
  Set<String> given() {
    return Set.copyOf(given);
  }

  String clientId(IdentityId identity) {
    return azure.identities().stream()
        .filter(one -> one.id().isSame(identity))
        .findFirst()
        .orElseThrow()
        .clientId();
  }

  /** Somebody does something. */
  void edit(List<IdentityBindingStatus> known) {
    var identity = identities.get(random.nextInt(identities.size()));
    switch (random.nextInt(8)) {
      case 0 -> azure.credentials().stream().findAny().ifPresent(this::removeCredential);
      case 1 -> azure.credentials().stream().findAny().ifPresent(this::changeCredential);
      case 2 -> azure.replaceIdentity(identity);
      case 3 -> take(identity);
      case 4 -> give(identity, known);
      case 5 -> {
        azure.removeResource(MACHINE);
        given.clear();
      }
      default -> {}
    }
    if (machine().isEmpty() && random.nextBoolean()) {
      createMachine();
    }
  }

  /** Compares what is there with what the bindings count on. */
  void look(List<IdentityBinding> bindings) {
    Seen.listed(
        inventory.credentials(),
        BindingExpectations.credentials(bindings.stream(), _ -> {}),
        azure.credentials().stream().collect(toMap(one -> lower(one.id()), one -> one)));
    Seen.listed(
        inventory.resources(),
        BindingExpectations.resources(bindings.stream(), _ -> {}),
        azure.resources().stream().collect(toMap(one -> lower(one.id()), one -> one)));
  }

  private void createMachine() {
    azure.withResource(AzureResource.of(MACHINE, "principal", "tenant", Set.of(BYSTANDER.key())));
    given.add(BYSTANDER.key());
  }

  private void removeCredential(FederatedCredential credential) {
    azure.removeCredential(credential.identity(), credential.name());
  }

  private void changeCredential(FederatedCredential old) {
    azure.withCredential(
        new FederatedCredential(
            old.identity(), old.name(), old.issuer(), old.subject(), "somebody's audience"));
  }

  private void take(IdentityId identity) {
    given.remove(identity.key());
    machine()
        .ifPresent(
            old -> {
              var rest = new TreeSet<>(old.userAssigned());
              rest.remove(identity.key());
              azure.withResource(
                  AzureResource.of(MACHINE, old.principalId(), old.tenantId(), rest));
            });
  }

  /** Only where no binding has, or may have, given it the same. */
  private void give(IdentityId identity, List<IdentityBindingStatus> known) {
    var isFree =
        known.stream()
            .filter(status -> !status.assignments().isEmpty())
            .allMatch(status -> status.uses(identity.toString()) == Use.NONE);
    if (isFree && machine().isPresent()) {
      var old = machine().get();
      var more = new TreeSet<>(old.userAssigned());
      more.add(identity.key());
      azure.withResource(AzureResource.of(MACHINE, old.principalId(), old.tenantId(), more));
      given.add(identity.key());
    }
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
