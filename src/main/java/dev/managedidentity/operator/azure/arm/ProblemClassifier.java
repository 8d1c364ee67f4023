package dev.managedidentity.operator.azure.arm;

import com.azure.identity.CredentialUnavailableException;
import dev.managedidentity.operator.azure.arm.ArmReply.Answered;
import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
      case 401 -> new Problem.Denied(Reason.SIGN_IN_FAILED, detail);
      case 429 -> new Problem.Throttled(RetryAfter.of(reply.headers(), clock.instant()), detail);
      default ->
          byCode(call, error.code(), detail)
              .or(() -> byMessage(call, error.message(), detail))
              .orElseGet(() -> byStatus(call, reply.status(), detail));
    };
  }

  /** What it means that no answer came. */
  Problem classify(RuntimeException cause) {
    if (cause instanceof SignInException failure) {
      return signIn(failure);
    }
    var detail = Words.of(root(cause));
    if (isCausedBy(cause, InterruptedException.class)) {
      return new Problem.Unreachable("The operator stopped while it waited for Azure.");
    }
    if (isTimeout(cause)) {
      return new Problem.Unreachable("Azure Resource Manager did not answer in time: " + detail);
    }
    return isCausedBy(cause, IOException.class)
        ? new Problem.Unreachable("Azure Resource Manager could not be reached: " + detail)
        : new Problem.Unexpected("A call to Azure Resource Manager failed: " + detail);
  }

  private static Problem signIn(SignInException failure) {
    var cause = failure.reason();
    var detail = Words.of(failure.getMessage(), root(cause));
    var isNetwork =
        !(cause instanceof CredentialUnavailableException)
            && !isCausedBy(cause, FileSystemException.class)
            && (isCausedBy(cause, IOException.class) || isTimeout(cause));
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
              new Problem.Missing(
                  call.isAtScope() ? Reason.SCOPE_NOT_FOUND : Reason.RESOURCE_GROUP_NOT_FOUND,
                  detail);
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
              "AnotherOperationInProgress" ->
              new Problem.Contended(detail);
          default -> null;
        });
  }

  private static Optional<Problem> byMessage(Call call, String message, String detail) {
    if (call != Call.WRITE_CREDENTIAL) {
      return Optional.empty();
    }
    if (SAME_SUBJECT.matcher(message).find()) {
      return Optional.of(new Problem.Blocked(Reason.SUBJECT_ALREADY_BOUND, detail));
    }
    return TOO_MANY_CREDENTIALS.matcher(detail).find() && !TOO_LONG.matcher(message).find()
        ? Optional.of(new Problem.QuotaReached(Reason.CREDENTIAL_QUOTA_EXCEEDED, detail))
        : Optional.empty();
  }

  private static Problem byStatus(Call call, int status, String detail) {
    return switch (status) {
      case 400, 405, 413, 422 -> new Problem.Rejected(Reason.INVALID_REQUEST, detail);
      case 403 -> new Problem.Denied(Reason.AUTHORIZATION_FAILED, detail);
      case 404 -> absent(call, detail);
      case 412 -> new Problem.Contended(detail);
      default -> new Problem.Unexpected(detail);
    };
  }

  /** A new identity is not seen by every part of Azure at once; without it no credential. */
  private static Problem absent(Call call, String detail) {
    return switch (call) {
      case WRITE_CREDENTIAL -> new Problem.Waiting(Reason.PRINCIPAL_NOT_VISIBLE, detail);
      case FIND_ROLE, WRITE_ROLE_ASSIGNMENT, DELETE_ROLE_ASSIGNMENT ->
          new Problem.Missing(Reason.SCOPE_NOT_FOUND, detail);
      case FIND_IDENTITY, WRITE_IDENTITY, DELETE_IDENTITY, DELETE_CREDENTIAL ->
          new Problem.Missing(Reason.RESOURCE_GROUP_NOT_FOUND, detail);
    };
  }

  private static String detail(Call call, Answered reply, ArmError error) {
    var said =
        error.message().isBlank()
            ? "Azure answered HTTP %d to %s and did not say why."
                .formatted(reply.status(), call.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            : error.message();
    return Words.shorten(error.code().isBlank() ? said : error.code() + ": " + said);
  }

  private static boolean isTimeout(Throwable cause) {
    return isCausedBy(cause, HttpTimeoutException.class)
        || isCausedBy(cause, TimeoutException.class);
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
    return chain(failure).anyMatch(kind::isInstance);
  }

  private static Throwable root(Throwable failure) {
    return chain(failure).reduce(failure, (_, deeper) -> deeper);
  }

  /** The failure and its causes; cut short, should they go round in a circle. */
  private static Stream<@Nullable Throwable> chain(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(
            failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
        .limit(20);
  }
}
