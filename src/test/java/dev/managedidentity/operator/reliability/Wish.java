package dev.managedidentity.operator.reliability;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An identity with what hangs on it, that somebody asks for in YAML.
 *
 * @param isNamed whether the YAML names the Azure resource
 * @param isGranted whether it is to have a role
 * @param accounts service accounts that are bound to it, each by a binding of the same name; the
 *     binding of the first one creates it
 */
record Wish(String name, boolean isNamed, boolean isGranted, List<String> accounts) {
  static final String NAMESPACE = "crash";
  static final String GROUP = "platform";

  Wish {
    accounts = List.copyOf(accounts);
  }

  /** Name in Azure, where the YAML says one. */
  String chosenName() {
    return "chosen-" + name;
  }

  /** How many writes it takes in Azure: making it and removing it are the same work. */
  int writes() {
    return 1 + (isGranted ? 1 : 0) + accounts.size();
  }

  String yaml(String subscription) {
    return identity(subscription)
        + accounts.stream()
            .map(account -> account(account) + binding(account))
            .collect(Collectors.joining());
  }

  private String identity(String subscription) {
    return """
    ---
    apiVersion: managedidentity.dev/v1alpha1
    kind: ManagedIdentity
    metadata: {name: %s, namespace: %s}
    spec:
      azure: {%s}
      roleAssignments: [%s]
    """
        .formatted(
            name,
            NAMESPACE,
            isNamed ? "name: " + chosenName() : "",
            isGranted
                ? "{role: Reader, scope: /subscriptions/%s/resourceGroups/%s}"
                    .formatted(subscription, GROUP)
                : "");
  }

  private String account(String account) {
    return isCreatedByBinding(account)
        ? ""
        : """
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s, namespace: %s}
        """
            .formatted(account, NAMESPACE);
  }

  private String binding(String account) {
    return """
    ---
    apiVersion: managedidentity.dev/v1alpha1
    kind: IdentityBinding
    metadata: {name: %s, namespace: %s}
    spec:
      identityRef: {name: %s}
      subject: {serviceAccount: {name: %s, create: %s}}
    """
        .formatted(account, NAMESPACE, name, account, isCreatedByBinding(account));
  }

  private boolean isCreatedByBinding(String account) {
    return accounts.getFirst().equals(account);
  }
}
