package dev.managedidentity.dev.build;

import java.util.List;
import java.util.stream.Collectors;

/** docs/reference/rights.md: what the operator may do in Kubernetes, and what for. */
final class RightsReference {
  private static final String INTRODUCTION =
      """
      # Rights in Kubernetes

      <!-- Generated from dev.managedidentity.dev.build.Rights by `make docs`. -->

      What the operator's service account may do, as the Helm chart and `deploy/install.yaml` grant it. A test takes each rule
      away in turn and sees that the operator misses it. [Security](../security.md) says how these rights are limited further.

      With `watchNamespaces` the rights in namespaces are Roles in the chosen ones.

      """;

  private RightsReference() {}

  static GeneratedFile page() {
    var table =
        new MarkdownTable(
            List.of("Verbs", "Resources", "Where", "When", "What for"),
            Rights.all().stream().map(RightsReference::row).toList());
    return ReferencePage.of("rights.md", INTRODUCTION + table);
  }

  private static List<String> row(Right right) {
    var group = right.group().isEmpty() ? "" : " (" + right.group() + ")";
    var names =
        right.names().isEmpty()
            ? ""
            : ", named "
                + right.names().stream()
                    .map(name -> "`" + name.replace(Rights.FULL_NAME, "RELEASE") + "`")
                    .collect(Collectors.joining(", "));
    return List.of(
        String.join(", ", right.verbs()),
        right.resources().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
            + group
            + names,
        switch (right.where()) {
          case CLUSTER -> "the cluster";
          case WORK -> "namespaces";
          case OWN -> "its own namespace";
        },
        switch (right.when()) {
          case ALWAYS -> "always";
          case WEBHOOK -> "with the webhook";
          case OWN_CERTIFICATE -> "with the webhook, without cert-manager";
          case VERIFICATION -> "while bindings are proven";
        },
        right.reason());
  }
}
