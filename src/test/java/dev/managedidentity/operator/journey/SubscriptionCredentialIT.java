package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.cluster.ControlPlane;
import dev.managedidentity.dev.emulator.journal.RequestEntry;
import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.dev.rig.Rig;
import dev.managedidentity.operator.azure.SubscriptionCredential;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The operator signs in to one subscription by its secret, and to another as an identity that
 * trusts its service account. Each of the two has rights in its own subscription alone.
 */
@UsesOperator(SubscriptionCredentialIT.TwoCredentials.class)
class SubscriptionCredentialIT {
  private static final String OTHER = "aaaaaaaa-0000-0000-0000-00000000000b";
  private static final Scope REMOTE = Scope.group(OTHER, "remote");
  private static final String REMOTE_OPERATOR = "remote-operator";
  private static final String AUDIENCE = "api://AzureADTokenExchange";

  /** With {@code azure.credentials} for the other subscription. */
  static final class TwoCredentials implements Setup {
    @Override
    public Options prepare(Rig rig) {
      var azure = rig.azure();
      var world = azure.control().outOfBand();
      world.addSubscription(OTHER, "The other one");
      world.addResourceGroup(OTHER, "remote", "northeurope");
      var remote = world.addIdentity(REMOTE, REMOTE_OPERATOR, "northeurope", Map.of());
      world.putCredential(
          remote.scope(), "operator", rig.controlPlane().issuer(), Rig.USER, AUDIENCE);
      for (var role :
          List.of("Managed Identity Contributor", "Role Based Access Control Administrator")) {
        world.grant(remote.principalId(), role, Scope.subscription(OTHER));
      }
      var credential =
          new SubscriptionCredential(List.of(OTHER), azure.tenantId(), remote.clientId());
      var token = tokenFile(rig.controlPlane()).toString();
      return Options.STANDARD.as(credential, Map.of("AZURE_FEDERATED_TOKEN_FILE", token));
    }

    /** The token that the cluster projects into the operator's pod. */
    private static Path tokenFile(ControlPlane controlPlane) {
      var request =
          new TokenRequestBuilder().withNewSpec().withAudiences(AUDIENCE).endSpec().build();
      var token =
          controlPlane
              .admin()
              .serviceAccounts()
              .inNamespace(Rig.OPERATOR)
              .withName(Rig.OPERATOR)
              .tokenRequest(request)
              .getStatus()
              .getToken();
      try {
        return Files.writeString(controlPlane.newFolder("projected").resolve("token"), token);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Team team;

  SubscriptionCredentialIT(Team team) {
    this.team = team;
  }

  @Test
  void eachSubscriptionIsReadAndWrittenByItsOwnCaller() {
    applyBoth();
    for (var name : List.of("near", "far")) {
      team.awaitReadyIdentity(name);
      team.applyBinding(name, name);
      team.awaitReadyBinding(name);
    }
    var far = team.identity("far");

    team.azure().control().outOfBand().deleteIdentity(new Scope(requireNonNull(far.resourceId())));
    team.eventually(
        () -> {
          assertThat(team.identity("far").clientId()).isNotNull().isNotEqualTo(far.clientId());
          assertThat(team.subjects(team.identity("far"))).hasSize(1);
          assertThat(team.grants(team.identity("far"))).hasSize(2);
        });

    team.eventually(() -> assertAll("list"));
    for (var name : List.of("near", "far")) {
      team.deleteBinding(name);
      team.deleteIdentity(name);
      team.awaitNoIdentity(name);
    }
    assertThat(team.azureIdentities()).isEmpty();
    var there = under(OTHER);
    var here = under(team.azure().subscriptionId());
    assertAll("write");
    assertAll("delete");
    assertThat(there).extracting(RequestEntry::caller).containsOnly(remoteOperator());
    assertThat(here).extracting(RequestEntry::caller).containsOnly(operator());
    assertThat(there).extracting(RequestEntry::status).doesNotContain(401, 403);
    assertThat(here).extracting(RequestEntry::status).doesNotContain(401, 403);
  }

  /** In both subscriptions this was done to every kind of object. */
  private void assertAll(String verb) {
    for (var subscription : List.of(OTHER, team.azure().subscriptionId())) {
      assertThat(under(subscription))
          .extracting(RequestEntry::operation)
          .contains(
              "userAssignedIdentities/" + verb,
              "userAssignedIdentities/federatedIdentityCredentials/" + verb,
              "roleAssignments/" + verb);
    }
  }

  /**
   * Each is granted a role in both subscriptions: it counts where the role is, not the identity.
   */
  private void applyBoth() {
    var platform = Scope.group(team.azure().subscriptionId(), "platform");
    var roles =
        "roleAssignments: [{role: Reader, scope: %s}, {role: Reader, scope: %s}]"
            .formatted(platform, REMOTE);
    team.applyIdentity("near", "{%s}".formatted(roles));
    team.applyIdentity(
        "far",
        "{azure: {subscriptionId: %s, resourceGroup: remote, location: northeurope}, %s}"
            .formatted(OTHER, roles));
  }

  /** What the operator did there; a workload asks what it may do by itself. */
  private List<RequestEntry> under(String subscription) {
    return team.azure().control().requests().stream()
        .filter(request -> !request.operation().startsWith("permissions"))
        .filter(request -> request.path().startsWith("/subscriptions/" + subscription))
        .toList();
  }

  private String operator() {
    return team.azure().control().outOfBand().principals().stream()
        .filter(principal -> principal.clientId().equals(team.azure().clientId()))
        .findFirst()
        .orElseThrow()
        .objectId();
  }

  private String remoteOperator() {
    return team.azure().control().snapshot().identities().stream()
        .filter(identity -> identity.name().equals(REMOTE_OPERATOR))
        .findFirst()
        .orElseThrow()
        .principalId();
  }
}
