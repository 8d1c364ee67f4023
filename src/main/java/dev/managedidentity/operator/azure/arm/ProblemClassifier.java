package dev.managedidentity.operator.azure.arm;

import com.azure.identity.CredentialUnavailableException;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place that says what a failure of Azure means. */
final class ProblemClassifier {
  /** Microsoft Entra ID's own trouble, not the credential's. */
  private static final Pattern TRANSIENT_SIGN_IN =
      Pattern.compile("AADSTS(90033|90055|50196|90006|90012)\\b|temporarily_unavailable");

  private static final Pattern SAME_SUBJECT =
      Pattern.compile("issuer and subject combination already exists", Pattern.CASE_INSENSITIVE);

  /** The code is documented nowhere and the words differ. */
  private static final Pattern TOO_MANY_CREDENTIALS =
      Pattern.compile(
          "(limit|quota|maximum) ?(exceeded|reached)"
              + "|(limit|quota|maximum|exceed|too many).*credentials"
              + "|credentials.*(limit|quota|maximum|exceed)",
          Pattern.CASE_INSENSITIVE);

  /** A field that is too long, not a credential too many. */
  private static final Pattern TOO_LONG =
      Pattern.compile("characters|length", Pattern.CASE_INSENSITIVE);

  /** As providers say that they do not see an identity, with different codes. */
  private static final Pattern IDENTITY_UNSEEN =
      Pattern.compile(
          "userAssignedIdentities/.*(not found|not be found|not exist)", Pattern.CASE_INSENSITIVE);

  private static final Pattern IDENTITY_UNSUPPORTED =
      Pattern.compile("not support[^.]*identit|identit[^.]*not support", Pattern.CASE_INSENSITIVE);

  private static final Pattern BUSY =
      Pattern.compile(
          "being (updated|modified|created|deleted|provisioned)|in progress|try again",
          Pattern.CASE_INSENSITIVE);

  /** Of an operation that failed: Azure's own trouble, not the request's. */
  private static final Pattern SERVER_TROUBLE =
      Pattern.compile("internal|unavailable|time(d)?out|retryable", Pattern.CASE_INSENSITIVE);

  private static final Pattern TENANTS =
      Pattern.compile("sts\\.[^/']+/([^/']+)/?'.* tenant '[^']*sts\\.[^/']+/([^/']+)/?'");

  private final InstantSource clock;

  ProblemClassifier(InstantSource clock) {
    this.clock = clock;
  }

  /** What an answer that is no success means. */
  Problem classify(Call call, Answered reply) {
    var error = reply.error();
    var detail = detail(call, reply, error);
    if (reply.status() == 408 || reply.status() >= 500) {
      return new Problem.Unreachable(detail);
    }
    return switch (reply.status()) {
      case 401 -> new Problem.Denied(Reason.SIGN_IN_FAILED, tenants(error).orElse(detail));
      case 429 -> new Problem.Throttled(RetryAfter.of(reply.headers(), clock.instant()), detail);
      default ->
          byWords(call, error, detail).orElseGet(() -> byStatus(call, reply.status(), detail));
    };
  }

  /** What it means that an operation failed, of which Azure tells no status. */
  Problem classify(Call call, ArmError error) {
    var detail = detail(error, "Azure's operation failed and did not say why.");
    return byWords(call, error, detail)
        .orElseGet(
            () ->
                SERVER_TROUBLE.matcher(error.code()).find()
                    ? new Problem.Unreachable(detail)
                    : new Problem.Rejected(Reason.INVALID_REQUEST, detail));
  }

  private static Optional<Problem> byWords(Call call, ArmError error, String detail) {
    return byIdentity(call, error.message(), detail)
        .or(() -> byCode(call, error.code(), detail))
        .or(() -> byMessage(call, error, detail));
  }

  /** What providers say of the identities that a change names; only the words are alike. */
  private static Optional<Problem> byIdentity(Call call, String message, String detail) {
    if (call != Call.CHANGE_RESOURCE) {
      return Optional.empty();
    }
    if (IDENTITY_UNSEEN.matcher(message).find()) {
      return Optional.of(new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, detail));
    }
    return IDENTITY_UNSUPPORTED.matcher(message).find()
        ? Optional.of(new Problem.Rejected(Reason.IDENTITY_NOT_SUPPORTED, detail))
        : Optional.empty();
  }

  /** What it means that no answer came. */
  Problem classify(RuntimeException cause) {
    return cause instanceof SignInException failure
        ? signIn(failure)
        : Silence.problem("Azure Resource Manager", cause);
  }

  private static Problem signIn(SignInException failure) {
    var cause = failure.reason();
    var detail = Words.of(failure.getMessage(), Silence.root(cause));
    var isNetwork =
        !(cause instanceof CredentialUnavailableException) && Silence.isOfNetwork(cause);
    return isNetwork || TRANSIENT_SIGN_IN.matcher(detail).find()
        ? new Problem.Unreachable(detail)
        : new Problem.Denied(Reason.SIGN_IN_FAILED, detail);
  }

  private static Optional<Problem> byCode(Call call, String code, String detail) {
    return Optional.ofNullable(
        switch (code) {
          case "AuthorizationFailed", "LinkedAuthorizationFailed" ->
              new Problem.Denied(Reason.AUTHORIZATION_FAILED, detail);
          case "RequestDisallowedByPolicy", "RequestDisallowedByAzure" ->
              new Problem.Rejected(Reason.DISALLOWED_BY_POLICY, detail);
          case "MissingSubscriptionRegistration",
              "SubscriptionNotRegistered",
              "ReadOnlyDisabledSubscription" ->
              new Problem.Rejected(Reason.SUBSCRIPTION_NOT_USABLE, detail);
          case "ResourceGroupNotFound", "SubscriptionNotFound", "ResourceGroupBeingDeleted" ->
              new Problem.Missing(parent(call), detail);
          case "InvalidResourceNamespace", "InvalidResourceType" -> unknownType(call, detail);
          case "IdentityNotFound" -> new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, detail);
          case "ParentResourceNotFound", "ResourceNotFound", "NotFound" -> absent(call, detail);
          case "RoleDefinitionDoesNotExist", "RoleAssignmentScopeNotAssignableToRoleDefinition" ->
              new Problem.Missing(Reason.ROLE_NOT_FOUND, detail);
          case "PrincipalNotFound" -> new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, detail);
          case "RoleAssignmentLimitExceeded" ->
              new Problem.QuotaReached(Reason.ROLE_ASSIGNMENT_QUOTA_EXCEEDED, detail);
          case "RoleAssignmentUpdateNotPermitted", "InvalidResourceLocation" ->
              new Problem.Blocked(Reason.IMMUTABLE_CONFLICT, detail);
          case "ScopeLocked" -> new Problem.Blocked(Reason.LOCKED, detail);
          case "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
              "AnotherOperationInProgress",
              "OperationPreempted",
              "PreconditionFailed" ->
              new Problem.Contended(detail);
          default -> null;
        });
  }

  private static Optional<Problem> byMessage(Call call, ArmError error, String detail) {
    if (call == Call.WRITE_CREDENTIAL) {
      return ofCredential(error.message(), detail);
    }
    return call == Call.CHANGE_RESOURCE ? ofBusyResource(error, detail) : Optional.empty();
  }

  private static Optional<Problem> ofCredential(String message, String detail) {
    if (SAME_SUBJECT.matcher(message).find()) {
      return Optional.of(new Problem.Blocked(Reason.SUBJECT_ALREADY_BOUND, detail));
    }
    return TOO_MANY_CREDENTIALS.matcher(detail).find() && !TOO_LONG.matcher(message).find()
        ? Optional.of(new Problem.QuotaReached(Reason.CREDENTIAL_QUOTA_EXCEEDED, detail))
        : Optional.empty();
  }

  private static Optional<Problem> ofBusyResource(ArmError error, String detail) {
    var isBusy =
        switch (error.code()) {
          case "OperationNotAllowed" -> true;
          case "Conflict" -> BUSY.matcher(error.message()).find();
          default -> false;
        };
    return isBusy ? Optional.of(new Problem.Contended(detail)) : Optional.empty();
  }

  private static Problem byStatus(Call call, int status, String detail) {
    return switch (status) {
      case 405 -> notAllowed(call, detail);
      case 400, 413, 422 -> new Problem.Rejected(Reason.INVALID_REQUEST, detail);
      case 403 -> new Problem.Denied(Reason.AUTHORIZATION_FAILED, detail);
      case 404 -> absent(call, detail);
      case 412 -> new Problem.Contended(detail);
      default -> new Problem.Unexpected(detail);
    };
  }

  /**
   * Regions without federated credentials refuse the method
   * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#unsupported-regions-user-assigned-managed-identities).
   */
  private static Problem notAllowed(Call call, String detail) {
    return new Problem.Rejected(
        call == Call.WRITE_CREDENTIAL ? Reason.FEDERATION_NOT_SUPPORTED : Reason.INVALID_REQUEST,
        detail);
  }

  /** A new identity is not seen by every part of Azure at once; without it no credential. */
  private static Problem absent(Call call, String detail) {
    return call == Call.WRITE_CREDENTIAL
        ? new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, detail)
        : new Problem.Missing(parent(call), detail);
  }

  /** What is not there when what a call needs is not. */
  private static Reason parent(Call call) {
    return switch (call) {
      case FIND_ROLE, LIST_ROLE_ASSIGNMENTS, WRITE_ROLE_ASSIGNMENT, DELETE_ROLE_ASSIGNMENT ->
          Reason.SCOPE_NOT_FOUND;
      case LIST_PERMISSIONS -> Reason.SCOPE_NOT_FOUND;
      case FIND_ROLE_PERMISSIONS -> Reason.ROLE_NOT_FOUND;
      case FIND_IDENTITY, LIST_IDENTITIES, WRITE_IDENTITY, DELETE_IDENTITY ->
          Reason.RESOURCE_GROUP_NOT_FOUND;
      case LIST_CREDENTIALS, WRITE_CREDENTIAL, DELETE_CREDENTIAL, LIST_RESOURCES ->
          Reason.RESOURCE_GROUP_NOT_FOUND;
      case FIND_PROVIDER, FIND_RESOURCE, CHANGE_RESOURCE -> Reason.AZURE_RESOURCE_NOT_FOUND;
    };
  }

  private static @Nullable Problem unknownType(Call call, String detail) {
    var parent = parent(call);
    if (parent == Reason.AZURE_RESOURCE_NOT_FOUND) {
      return new Problem.Rejected(Reason.IDENTITY_NOT_SUPPORTED, detail);
    }
    return parent == Reason.SCOPE_NOT_FOUND ? new Problem.Missing(parent, detail) : null;
  }

  /** Which tenant the subscription belongs to, and which one the operator is of. */
  private static Optional<String> tenants(ArmError error) {
    var match = TENANTS.matcher(error.message());
    return match.find()
        ? Optional.of(
            Words.shorten(
                "%s: the subscription belongs to tenant %s, but the operator signed in to tenant %s."
                    .formatted(error.code(), match.group(2), match.group(1))))
        : Optional.empty();
  }

  private static String detail(Call call, Answered reply, ArmError error) {
    return detail(
        error,
        "Azure answered HTTP %d to %s and did not say why."
            .formatted(reply.status(), call.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  private static String detail(ArmError error, String unsaid) {
    var said = error.message().isBlank() ? unsaid : error.message();
    return Words.shorten(error.code().isBlank() ? said : error.code() + ": " + said);
  }
}
