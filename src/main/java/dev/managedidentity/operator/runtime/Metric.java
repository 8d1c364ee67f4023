package dev.managedidentity.operator.runtime;

import static java.util.stream.Collectors.joining;

import dev.managedidentity.operator.plan.Finding;
import java.util.Arrays;
import java.util.List;

/**
 * A metric of the operator's own, as Prometheus sees it. Names and labels are stable; no label
 * holds a name of a resource, so the number of series does not grow with their number.
 */
public record Metric(String name, Kind kind, String meaning, List<Label> labels) {
  private static final Label LIMIT =
      new Label(
          "limit",
          "what Azure limits: `identity-writes`, `identity-deletes`, `identity-reads`,"
              + " `identity-lists` of the managed identity service; `writes`, `deletes`, `reads` of"
              + " everything else");

  /** How long passes over resources take. */
  public static final Metric RECONCILE_DURATION =
      new Metric(
          "managed_identity_reconcile_duration_seconds",
          Kind.HISTOGRAM,
          "How long one pass over one resource took, its calls to Azure and Kubernetes included.",
          List.of(
              new Label("resource", "`ManagedIdentity` or `IdentityBinding`"),
              new Label(
                  "outcome",
                  "`settled`: nothing is left to do until something changes; `waiting`: the"
                      + " operator looks again by itself; `deleted`: the resource was let go;"
                      + " `failed`: an unexpected error, which is in the log")));

  /** How long calls to Azure take. */
  public static final Metric AZURE_CALL_DURATION =
      new Metric(
          "managed_identity_azure_call_duration_seconds",
          Kind.HISTOGRAM,
          "How long one call to Azure Resource Manager took, as its caller saw it: with the wait"
              + " for the subscription's budget.",
          List.of(
              new Label(
                  "operation",
                  "what was asked: reads of one object (`findIdentity`, `findRole`,"
                      + " `findRolePermissions`, `findResource`), what a workload may do"
                      + " (`listPermissions`), the lists of the inventory, all"
                      + " pages together (`listIdentities`, `listCredentials`,"
                      + " `listRoleAssignments`, `listResources`), writes (`writeIdentity`,"
                      + " `writeCredential`, `writeRoleAssignment`, `changeResource`, and"
                      + " `followOperation` while Azure is at work) and deletions"
                      + " (`deleteIdentity`, `deleteCredential`, `deleteRoleAssignment`)"),
              new Label(
                  "result",
                  "`Succeeded`, or the [reason](conditions.md) of the failure, such as"
                      + " `Throttled`")));

  /** How often tokens were exchanged. */
  public static final Metric TOKEN_EXCHANGES =
      new Metric(
          "managed_identity_token_exchanges_total",
          Kind.COUNTER,
          "How often the operator tried to exchange a service account's token for one of its"
              + " identity.",
          List.of(
              new Label(
                  "result",
                  "`Succeeded`, or the [reason](conditions.md) of the refusal, such as"
                      + " `TokenExchangePending`")));

  /** How long new credentials take to work. */
  public static final Metric FEDERATION_DELAY =
      new Metric(
          "managed_identity_federation_delay_seconds",
          Kind.HISTOGRAM,
          "How long after a federated credential was written the first exchange of a token"
              + " succeeded.",
          List.of());

  /** How long calls wait for a budget. */
  public static final Metric AZURE_WAIT_DURATION =
      new Metric(
          "managed_identity_azure_wait_duration_seconds",
          Kind.HISTOGRAM,
          "How long one request to Azure waited until the budget of its subscription let it leave.",
          List.of(LIMIT));

  /** How fast calls may leave. */
  public static final Metric AZURE_RATE =
      new Metric(
          "managed_identity_azure_rate",
          Kind.GAUGE,
          "Requests a second that the operator lets leave, where Azure has refused some before:"
              + " what it found to be the limit.",
          List.of(
              new Label("subscription", "id of the subscription; empty for what is in none"),
              LIMIT));

  /** How long API servers wait for an answer. */
  public static final Metric ADMISSION_DURATION =
      new Metric(
          "managed_identity_admission_duration_seconds",
          Kind.HISTOGRAM,
          "How long the webhook took to answer an API server about one object, without TLS and"
              + " network.",
          List.of(
              new Label(
                  "path",
                  "what was asked about: `/pods`, `/managedidentities` or `/identitybindings`"),
              new Label(
                  "outcome",
                  "`allowed`, `patched`, `denied`; `failed`: admitted because of an unexpected"
                      + " error, which is in the log; `malformed`: no question of an API server")));

  /** What others changed in Azure. */
  public static final Metric DRIFT =
      new Metric(
          "managed_identity_drift_total",
          Kind.COUNTER,
          "How often something was found changed in Azure behind the operator's back, and its"
              + " repair begun.",
          List.of(
              new Label(
                  "kind",
                  Arrays.stream(Finding.Kind.values())
                      .map(kind -> "`" + kind.label() + "`")
                      .collect(joining(", ")))));

  /** How blind the inventory is. */
  public static final Metric INVENTORY_AGE =
      new Metric(
          "managed_identity_inventory_age_seconds",
          Kind.GAUGE,
          "How long ago the subscription, resource group or identity was listed that was listed"
              + " longest ago. Far above the interval of the inventory: something cannot be listed,"
              + " and the log says why.",
          List.of(
              new Label(
                  "kind",
                  "what is listed: `identities`, `role-assignments`, `credentials` or"
                      + " `resources`")));

  /** Who works. */
  public static final Metric LEADER =
      new Metric(
          "managed_identity_leader",
          Kind.GAUGE,
          "1 for the replica that works, 0 for one that waits for its turn.",
          List.of());

  /** How resources stand. */
  public static final Metric RESOURCES =
      new Metric(
          "managed_identity_resources",
          Kind.GAUGE,
          "How many resources there are, by what their condition `Ready` says.",
          List.of(
              new Label("resource", "`ManagedIdentity` or `IdentityBinding`"),
              new Label("ready", "`True`, `False`, or `Unknown`, also when nothing was said yet")));

  /** How many pods wait. */
  public static final Metric GATED_PODS =
      new Metric(
          "managed_identity_gated_pods",
          Kind.GAUGE,
          "How many pods are kept from starting until they can sign in.",
          List.of());

  /** How full identities are. */
  public static final Metric CREDENTIAL_QUOTA_USED =
      new Metric(
          "managed_identity_credential_quota_used_ratio",
          Kind.GAUGE,
          "How many of the federated credentials that Azure allows the fullest identity has: 1 when"
              + " it can have no more.",
          List.of());

  /** How long writes wait for each other. */
  public static final Metric LANE_WAIT_DURATION =
      new Metric(
          "managed_identity_lane_wait_duration_seconds",
          Kind.HISTOGRAM,
          "How long one write waited for others on the same identity or Azure resource, which Azure"
              + " takes one at a time.",
          List.of());

  /** Which build runs. */
  public static final Metric BUILD_INFO =
      new Metric(
          "managed_identity_build_info",
          Kind.GAUGE,
          "Always 1; tells which version runs.",
          List.of(new Label("version", "version of the operator")));

  /** Every metric of the operator's own. */
  public static List<Metric> all() {
    return List.of(
        RECONCILE_DURATION,
        AZURE_CALL_DURATION,
        TOKEN_EXCHANGES,
        FEDERATION_DELAY,
        AZURE_WAIT_DURATION,
        AZURE_RATE,
        ADMISSION_DURATION,
        DRIFT,
        INVENTORY_AGE,
        LEADER,
        RESOURCES,
        GATED_PODS,
        CREDENTIAL_QUOTA_USED,
        LANE_WAIT_DURATION,
        BUILD_INFO);
  }

  public Metric {
    labels = List.copyOf(labels);
  }

  /** A dimension of a metric and what its values mean. */
  public record Label(String name, String meaning) {}

  /** How Prometheus treats the numbers. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }
}
