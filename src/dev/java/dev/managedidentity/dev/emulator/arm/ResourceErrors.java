package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.model.Scope;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What resources with identities refuse.
 *
 * <p>Seen on the wire or in public reports: {@code LinkedAuthorizationFailed}, {@code
 * FailedIdentityOperation} with the text about a type that should not contain identities, {@code
 * MissingIdentityIds}, {@code LinkedInvalidPropertyId}. The rest is guessed.
 */
final class ResourceErrors {
  private ResourceErrors() {}

  static ArmError linkedAuthorizationFailed(
      Caller caller, String action, Scope resource, String linkedAction, List<Scope> linked) {
    return new ArmError(
        403,
        "LinkedAuthorizationFailed",
        "The client '%s' with object id '%s' has permission to perform action '%s' on scope '%s'; however, it does not have permission to perform action(s) '%s' on the linked scope(s) '%s' (respectively) or the linked scope(s) are invalid."
            .formatted(
                caller.clientId(),
                caller.objectId(),
                action,
                resource,
                linkedAction,
                linked.stream().map(Scope::path).collect(Collectors.joining(","))));
  }

  private static ArmError failedIdentityOperation(Scope resource, String reason) {
    return new ArmError(
        400,
        "FailedIdentityOperation",
        "Identity operation for resource '%s' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{\"error\":{\"code\":\"BadRequest\",\"message\":\"%s\"}}'.'."
            .formatted(resource, reason));
  }

  static ArmError identityNotFound(Scope resource, Scope identity) {
    return failedIdentityOperation(resource, "Resource '" + identity + "' was not found.");
  }

  static ArmError identitiesNotExpected(Scope resource) {
    return failedIdentityOperation(
        resource,
        "The request format was unexpected, a non-UserAssigned identity type should not contain:"
            + " userAssignedIdentities");
  }

  static ArmError identityRestricted(Scope resource, Scope identity, String namespace) {
    return failedIdentityOperation(
        resource,
        "The identity '%s' cannot be assigned to resources of '%s'."
            .formatted(identity, namespace));
  }

  static ArmError identityOfAnotherRegion(Scope resource, Scope identity, String location) {
    return failedIdentityOperation(
        resource,
        "The identity '%s' is isolated to its region and cannot be assigned to a resource in '%s'."
            .formatted(identity, location));
  }

  static ArmError identitiesMissing(String type) {
    return new ArmError(
        400,
        "MissingIdentityIds",
        "The identity ids must not be null or empty for '" + type + "' identity type.");
  }

  static ArmError identityTypeMissing() {
    return new ArmError(
        400, "InvalidRequestContent", "The type of the resource's identity must be provided.");
  }

  static ArmError identityTypeUnknown(String type) {
    return new ArmError(
        400,
        "InvalidRequestContent",
        "The identity type '%s' is not supported. Supported identity types are 'None', 'SystemAssigned', 'UserAssigned' and 'SystemAssigned, UserAssigned'."
            .formatted(type));
  }

  static ArmError identityNotSupported(String type) {
    return new ArmError(
        400,
        "ResourceIdentityNotSupported",
        "Resources of the type '" + type + "' do not support managed identities.");
  }

  static ArmError invalidIdentityId(String id) {
    return new ArmError(
        400,
        "LinkedInvalidPropertyId",
        "Property id '%s' at path 'identity.userAssignedIdentities' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'."
            .formatted(id));
  }

  static ArmError preconditionFailed(String given, String current) {
    return new ArmError(
        412,
        "PreconditionFailed",
        "The precondition given by the request header If-Match, %s, does not hold: the ETag is %s."
            .formatted(given, current));
  }

  static ArmError invalidFilter(String filter) {
    return new ArmError(
        400,
        "InvalidFilterInQueryString",
        "Invalid $filter '" + filter + "' specified in the query string.");
  }

  static ArmError operationInProgress() {
    return new ArmError(
        409,
        "AnotherOperationInProgress",
        "Another operation on this or dependent resource is in progress.");
  }
}
