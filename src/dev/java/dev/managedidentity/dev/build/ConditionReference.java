package dev.managedidentity.dev.build;

import dev.managedidentity.operator.plan.Conditions;
import dev.managedidentity.operator.plan.Reason;
import dev.managedidentity.operator.plan.Retry;
import java.util.Arrays;
import java.util.List;

/** docs/reference/conditions.md: every reason that a condition, an Event or a metric can carry. */
final class ConditionReference {
  private static final String INTRODUCTION =
      """
      # Conditions and their reasons

      <!-- Generated from dev.managedidentity.operator.plan.Reason by `make docs`. -->

      ManagedIdentity and IdentityBinding have the same three conditions, which kstatus, Argo CD and `kubectl wait` understand:

      | Condition | Meaning |
      | --- | --- |
      | `Ready` | `True`: everything is as the spec asks, and that was seen. `False`: a person must act. `Unknown`: work is under way. |
      | `Reconciling` | There, and `True`, while work goes on or waits for something that passes by itself. |
      | `Stalled` | There, and `True`, while a person must act. |

      A trouble that passes by itself does not touch a proven `Ready=True`: `Reconciling` carries its reason, and only when
      it has lasted %d minutes does `Ready` become `Unknown`. What a resource waits for may be applied later, in any order: for %d
      minutes that is `Ready=Unknown`, then `False`.

      The words below are stable: alerts and scripts may depend on them. They stand in conditions, in the state of a role
      assignment or a credential, in Events and in the `result` label of [metrics](metrics.md). The message beside a reason names
      the objects that this case is about.

      """
          .formatted(Conditions.STALENESS.toMinutes(), Conditions.PATIENCE.toMinutes());

  private ConditionReference() {}

  static GeneratedFile page() {
    var table =
        new MarkdownTable(
            List.of("Reason", "Ready", "Meaning", "What to do", "The operator looks again"),
            Arrays.stream(Reason.values()).map(ConditionReference::row).toList());
    return ReferencePage.of("conditions.md", INTRODUCTION + table);
  }

  private static List<String> row(Reason reason) {
    return List.of(
        "`" + reason.word() + "`",
        ready(Effect.of(reason)),
        reason.meaning(),
        reason.advice().isEmpty() ? "Nothing." : reason.advice(),
        looksAgain(reason));
  }

  private static String ready(Effect effect) {
    return switch (effect) {
      case PROOF -> "`True`";
      case WORK -> "`Unknown`; a proven `True` stays";
      case WAIT -> "`Unknown`, after %d minutes `False`".formatted(Conditions.PATIENCE.toMinutes());
      case PASSING ->
          "a proven `True` stays for %d minutes, else `Unknown`"
              .formatted(Conditions.STALENESS.toMinutes());
      case PERSON -> "`False`";
    };
  }

  private static String looksAgain(Reason reason) {
    return switch (reason.retry()) {
      case ON_CHANGE -> "when the resource or what it depends on changes";
      case SLOWLY -> "every %d minutes".formatted(Retry.slowly().toMinutes());
      case WITH_BACKOFF ->
          "within a second at first, then ever more seldom, at least every %d minutes"
              .formatted(Retry.slowly().toMinutes());
      case PROMPTLY ->
          "within a second at first, within ten seconds for the first minutes, then ever more"
              + " seldom, at least every %d minutes".formatted(Retry.slowly().toMinutes());
      case AS_TOLD -> "after the delay that Azure asked for";
    };
  }

  /** What a reason does to Ready. */
  enum Effect {
    PROOF,
    WORK,
    WAIT,
    PASSING,
    PERSON;

    /** The effect that follows from the kind of problem which the operator reports with it. */
    static Effect of(Reason reason) {
      return switch (reason) {
        case PROVISIONED, BOUND, OBSERVED, SERVICE_ACCOUNT_EXCLUSIVE, SERVICE_ACCOUNT_SHARED ->
            PROOF;
        case TOKEN_EXCHANGE_VERIFIED, ROLES_EFFECTIVE, VERIFICATION_DISABLED, NOT_APPLICABLE ->
            PROOF;
        case PROGRESSING, DELETING, PAUSED -> WORK;
        case IDENTITY_NOT_FOUND,
            WORKLOAD_NOT_FOUND,
            OPERATION_IN_PROGRESS,
            IDENTITY_NOT_READY,
            SERVICE_ACCOUNT_NOT_FOUND,
            IN_USE,
            PRINCIPAL_NOT_VISIBLE,
            ISSUER_NOT_REACHABLE,
            TOKEN_EXCHANGE_PENDING,
            TOKEN_AUDIENCE_REFUSED,
            TOKEN_SIGNATURE_REFUSED,
            ENTRA_CANNOT_REACH_ISSUER,
            ROLES_PENDING ->
            WAIT;
        case THROTTLED, CONTENDED, UNREACHABLE, INTERNAL_ERROR -> PASSING;
        case INVALID_REQUEST,
            CONFIGURATION_INCOMPLETE,
            RESOURCE_GROUP_NOT_FOUND,
            ROLE_NOT_FOUND,
            SCOPE_NOT_FOUND,
            AUTHORIZATION_FAILED,
            SIGN_IN_FAILED,
            OWNED_BY_ANOTHER,
            AZURE_RESOURCE_NOT_FOUND,
            IDENTITY_NOT_SUPPORTED,
            FEDERATION_NOT_SUPPORTED,
            WORKLOAD_WITHOUT_POD_TEMPLATE,
            SYSTEM_ASSIGNED_NOT_SHAREABLE,
            SHARD_NOT_BINDABLE,
            IDENTITY_ONLY_OBSERVED,
            NAMESPACE_NOT_ALLOWED,
            GUARDRAIL,
            SERVICE_ACCOUNT_CONFLICT,
            BINDING_CONFLICT,
            IDENTITY_NAME_TAKEN,
            KUBERNETES_FORBIDDEN,
            SUBJECT_ALREADY_BOUND,
            ISSUER_INVALID,
            ISSUER_NOT_PUBLIC,
            ISSUER_DIFFERS,
            ISSUER_KEYS_DIFFER,
            CREDENTIAL_QUOTA_EXCEEDED,
            ROLE_ASSIGNMENT_QUOTA_EXCEEDED,
            LOCKED,
            DISALLOWED_BY_POLICY,
            SUBSCRIPTION_NOT_USABLE,
            IMMUTABLE_CONFLICT,
            SUBJECT_CASE_DIFFERS,
            CLOCKS_DIFFER,
            TENANT_NOT_FOUND,
            TOKEN_EXCHANGE_REFUSED ->
            PERSON;
      };
    }
  }
}
