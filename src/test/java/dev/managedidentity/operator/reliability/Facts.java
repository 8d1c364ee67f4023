package dev.managedidentity.operator.reliability;

import dev.managedidentity.dev.emulator.control.Snapshot;
import dev.managedidentity.dev.emulator.model.Identity;
import dev.managedidentity.operator.ownership.DerivedNames;
import dev.managedidentity.operator.ownership.Owner;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** What there is, and what should be, as sentences that can be compared. */
final class Facts {
  private static final String CLIENT_ID = "azure.workload.identity/client-id";

  private Facts() {}

  /** What these wishes ask for in a cluster. */
  static List<String> wanted(Collection<Wish> wishes, String cluster) {
    var facts = new ArrayList<String>();
    for (var wish : wishes) {
      var owner = new Owner(cluster, Wish.NAMESPACE, wish.name(), "");
      var name = wish.isNamed() ? wish.chosenName() : DerivedNames.identity(owner);
      facts.add(identity(name));
      if (wish.isGranted()) {
        facts.add(grant(name, Wish.GROUP));
      }
      for (var account : wish.accounts()) {
        facts.add(trust(name, "system:serviceaccount:" + Wish.NAMESPACE + ":" + account));
        facts.add(annotation(account, name));
      }
    }
    return facts;
  }

  /** What there is, down to a role of an identity that is gone. */
  static List<String> existing(Snapshot azure, List<ServiceAccount> accounts) {
    var facts = new ArrayList<String>();
    for (var identity : azure.identities()) {
      facts.add(identity(identity.name()));
    }
    for (var credential : azure.credentials()) {
      facts.add(trust(lastSegment(credential.identity().path()), credential.subject()));
    }
    for (var assignment : azure.roleAssignments()) {
      var principal = assignment.grant().principalId();
      var name = name(azure, identity -> identity.principalId().equals(principal));
      facts.add(grant(name, lastSegment(assignment.scope().path())));
    }
    for (var account : accounts) {
      var client = account.getMetadata().getAnnotations().get(CLIENT_ID);
      if (client != null) {
        var name = name(azure, identity -> identity.clientId().equals(client));
        facts.add(annotation(account.getMetadata().getName(), name));
      }
    }
    return facts;
  }

  private static String identity(String name) {
    return "identity " + name;
  }

  private static String trust(String identity, String subject) {
    return "%s trusts %s".formatted(identity, subject);
  }

  private static String grant(String identity, String group) {
    return "%s has a role in %s".formatted(identity, group);
  }

  private static String annotation(String account, String identity) {
    return "%s is annotated with %s".formatted(account, identity);
  }

  private static String name(Snapshot azure, Predicate<Identity> isWanted) {
    return azure.identities().stream()
        .filter(isWanted)
        .map(Identity::name)
        .findFirst()
        .orElse("nobody");
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
