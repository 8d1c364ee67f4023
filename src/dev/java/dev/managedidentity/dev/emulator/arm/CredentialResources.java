package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.arm.ArmPath.Level;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.behaviour.OperationKind;
import dev.managedidentity.dev.emulator.http.Reply;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.emulator.model.Credential;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Federated identity credentials of user-assigned identities. */
final class CredentialResources {
  static final String TYPE =
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}");

  private final Cloud cloud;
  private final Behaviour behaviour;
  private final Providers providers;
  private final Pages pages;
  private final IdentityJson json;

  CredentialResources(
      Cloud cloud, Behaviour behaviour, Providers providers, Pages pages, IdentityJson json) {
    this.cloud = cloud;
    this.behaviour = behaviour;
    this.providers = providers;
    this.pages = pages;
    this.json = json;
  }

  List<Route> routes() {
    var group = Set.of(Level.GROUP);
    return List.of(
        Route.of(OperationKind.WRITE, "PUT", TYPE, group, this::put),
        Route.of(OperationKind.READ, "GET", TYPE, group, this::get),
        Route.of(OperationKind.DELETE, "DELETE", TYPE, group, this::delete),
        Route.of(OperationKind.LIST, "GET", TYPE, group, this::list));
  }

  /** The identity that a credential's path names; writes below it must not overlap. */
  static Scope identityOf(ArmPath path) {
    return new Scope(
        path.scope().path()
            + "/providers/"
            + IdentityResources.TYPE
            + "/"
            + path.names().getFirst());
  }

  private Reply put(ArmCall call) {
    var wish = CredentialWish.of(call.body());
    if (!NAME.matcher(call.path().name()).matches()) {
      throw new ArmRefusal(ArmErrors.credentialName(call.path().name()));
    }
    return cloud.atomically(
        () -> {
          var identity =
              identity(call)
                  .orElseThrow(
                      () ->
                          new ArmRefusal(
                              ArmErrors.parentNotFound(
                                  "write",
                                  "userAssignedIdentities/federatedIdentityCredentials",
                                  identityOf(call.path()))));
          if (!providers.type(TYPE).locations().contains(identity.location())) {
            throw new ArmRefusal(ArmErrors.federationNotEnabled());
          }
          var existing = cloud.credential(call.path().target());
          refuseConflicts(call, wish, identity, existing);
          var credential = credential(call, wish, identity, existing);
          cloud.put(credential);
          var reply = Reply.json(existing.isPresent() ? 200 : 201, json.of(credential));
          return existing.isPresent() ? reply : reply.with("Location", credential.scope().path());
        });
  }

  private void refuseConflicts(
      ArmCall call, CredentialWish wish, Identity identity, Optional<Credential> existing) {
    var all = cloud.credentialsOf(identity.scope());
    var others = all.stream().filter(c -> !c.scope().isSame(call.path().target())).toList();
    if (others.stream().anyMatch(wish::collidesWith)) {
      throw new ArmRefusal(ArmErrors.credentialDuplicate());
    }
    int most = behaviour.limits().get().credentialsPerIdentity();
    if (existing.isEmpty() && others.size() >= most) {
      throw new ArmRefusal(ArmErrors.tooManyCredentials(most));
    }
  }

  /** Writing what is there already does not make it new. */
  private Credential credential(
      ArmCall call, CredentialWish wish, Identity identity, Optional<Credential> existing) {
    var effectiveAt =
        existing
            .filter(wish::isMetBy)
            .map(Credential::effectiveAt)
            .orElseGet(() -> call.now().plus(behaviour.propagation().get().credentials()));
    return new Credential(
        identity.scope(),
        existing.map(Credential::name).orElse(call.path().name()),
        wish.issuer(),
        wish.subject(),
        wish.audience(),
        effectiveAt);
  }

  private Reply get(ArmCall call) {
    var identity = existingIdentity(call);
    return cloud
        .credential(call.path().target())
        .map(credential -> Reply.json(200, json.of(credential)))
        .orElseThrow(
            () ->
                new ArmRefusal(
                    ArmErrors.resourceNotFound(
                        IdentityResources.TYPE
                            + "/%s/federatedIdentityCredentials/%s"
                                .formatted(identity.name(), call.path().name()),
                        identity.group().name())));
  }

  private Reply delete(ArmCall call) {
    return Reply.empty(cloud.removeCredential(call.path().target()).isPresent() ? 200 : 204);
  }

  private Reply list(ArmCall call) {
    var identity = existingIdentity(call);
    return pages.page(call, cloud.credentialsOf(identity.scope()), c -> c.scope().key(), json::of);
  }

  private Optional<Identity> identity(ArmCall call) {
    return cloud.identity(identityOf(call.path()));
  }

  private Identity existingIdentity(ArmCall call) {
    return identity(call)
        .orElseThrow(
            () ->
                new ArmRefusal(
                    ArmErrors.resourceNotFound(
                        IdentityResources.TYPE + "/" + call.path().names().getFirst(),
                        call.path().scope().resourceGroup().orElse(""))));
  }
}
