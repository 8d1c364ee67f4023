package dev.managedidentity.dev.chart;

import dev.managedidentity.dev.build.MarkdownTable;
import java.util.List;

/** The chart's README: how it is installed, and all its values. */
final class ValuesPage {
  private static final String INTRODUCTION =
      """
      # Helm chart of the Managed Identity Operator

      <!-- Generated from values.yaml by `make chart`. -->

      Azure managed identities as Kubernetes resources, bound to pods by workload identity federation. No secrets.

          helm install managed-identity-operator helm/managed-identity-operator \\
            --namespace managed-identity-operator --create-namespace \\
            --set azure.clientId=CLIENT_ID \\
            --set azure.subscriptionId=SUBSCRIPTION_ID \\
            --set azure.resourceGroup=RESOURCE_GROUP \\
            --set azure.location=REGION

      `helm upgrade` upgrades the CRDs, too: they are templates of this chart. `helm uninstall` leaves them and every
      resource of theirs in place (`crds.keep`), so nothing is deleted in Azure. A value that the chart does not know is
      an error, below `config` as well.

      ## Values

      """;

  private ValuesPage() {}

  static String text(String values) {
    var rows =
        Value.in(values).stream()
            .map(
                value ->
                    List.of("`" + value.key() + "`", "`" + value.fallback() + "`", value.meaning()))
            .toList();
    return INTRODUCTION + new MarkdownTable(List.of("Value", "Default", "Meaning"), rows);
  }
}
