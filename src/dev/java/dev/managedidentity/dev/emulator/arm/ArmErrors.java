package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.model.Scope;
import java.util.Collection;

/**
 * What the resource types refuse.
 *
 * <p>Most texts were seen on the wire. Guessed, because no recording is known: the code for more
 * than 20 credentials, the code for too many tags and the codes of bad names.
 */
final class ArmErrors {
  private ArmErrors() {}

  static ArmError badRequest(String message) {
    return new ArmError(400, "BadRequest", message);
  }

  static ArmError resourceNotFound(String typeAndName, String group) {
    return new ArmError(
        404,
        "ResourceNotFound",
        "The Resource '%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(typeAndName, group));
  }

  static ArmError parentNotFound(String verb, String type, Scope parent) {
    return new ArmError(
        404,
        "ParentResourceNotFound",
        "Failed to perform '%s' on resource(s) of type '%s', because the parent resource '%s' could not be found."
            .formatted(verb, type, parent));
  }

  static ArmError invalidName(String name, String rule) {
    return new ArmError(
        400, "InvalidResourceName", "Resource name '" + name + "' is invalid. " + rule);
  }

  static ArmError locationRequired() {
    return new ArmError(
        400, "LocationRequired", "The location property is required for this definition.");
  }

  static ArmError locationUnavailable(String location, String type, Collection<String> locations) {
    return new ArmError(
        400,
        "LocationNotAvailableForResourceType",
        "The provided location '%s' is not available for resource type '%s'. List of available regions for the resource type is '%s'."
            .formatted(location, type, String.join(",", locations)));
  }

  static ArmError locationChanged(Scope existing, String location, String wanted) {
    return new ArmError(
        409,
        "InvalidResourceLocation",
        "The resource '%s' already exists in location '%s' in resource group '%s'. A resource with the same name cannot be created in location '%s'. Please select a new resource name."
            .formatted(existing.name(), location, existing.resourceGroup().orElse(""), wanted));
  }

  static ArmError groupLocationChanged(String existing, String wanted) {
    return new ArmError(
        409,
        "InvalidResourceGroupLocation",
        "Invalid resource group location '%s'. The Resource group already exists in another location: '%s'."
            .formatted(wanted, existing));
  }

  static ArmError tooManyTags(int count, int most) {
    return new ArmError(
        400,
        "TooManyTags",
        "The number of tags '%d' exceeds the limit of '%d' tags on a resource."
            .formatted(count, most));
  }

  static ArmError tagNameCharacters(String name) {
    return new ArmError(
        400,
        "InvalidTagNameCharacters",
        "The tag names '%s' have reserved characters '<,>,%%,&,\\,?,/' or control characters."
            .formatted(name));
  }

  static ArmError tagNameLength(String name, int most) {
    return new ArmError(
        400,
        "InvalidTagName",
        "Tag key too large. Following tag name '%s' exceeded the maximum length. Maximum allowed length for tag name - '%d' characters."
            .formatted(name, most));
  }

  static ArmError tagValueLength(String value, int most) {
    return new ArmError(
        400,
        "InvalidTagValueLength",
        "Tag value too large. Following tag value '%s' exceeded the maximum length. Maximum allowed length for tag value - '%d' characters."
            .formatted(value, most));
  }

  static ArmError credentialIncomplete() {
    return badRequest(
        "The request format was unexpected. Federated Identity Credential must specify 'issuer',"
            + " 'subject' and 'audience'.");
  }

  static ArmError notOneAudience() {
    return badRequest("Federated identity credentials must have exactly one audience.");
  }

  static ArmError credentialName(String name) {
    return badRequest("Federated Identity Credential name '" + name + "' is invalid.");
  }

  static ArmError credentialTooLong(String property, int most) {
    return badRequest(
        "Federated Identity Credential property '%s' must not exceed %d characters."
            .formatted(property, most));
  }

  static ArmError federationNotEnabled() {
    return new ArmError(
        405,
        "MethodNotAllowed",
        "The request format was unexpected : Support for federated identity credentials not"
            + " enabled");
  }

  static ArmError credentialDuplicate() {
    return badRequest("Issuer and subject combination already exists for this Managed Identity.");
  }

  static ArmError tooManyCredentials(int most) {
    return badRequest(
        "A maximum of "
            + most
            + " Federated Identity Credentials can be added to a Managed Identity.");
  }

  static ArmError concurrentCredentialWrites(Scope identity) {
    return new ArmError(
        409,
        "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        "Too many Federated Identity Credentials are written concurrently for the managed identity '%s'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported."
            .formatted(identity.key()));
  }
}
