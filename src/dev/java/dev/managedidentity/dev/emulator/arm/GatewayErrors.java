package dev.managedidentity.dev.emulator.arm;

import dev.managedidentity.dev.emulator.entra.Caller;
import dev.managedidentity.dev.emulator.model.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What Resource Manager itself refuses, before any resource type is asked. */
final class GatewayErrors {
  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private GatewayErrors() {}

  static ArmError missingApiVersion() {
    return new ArmError(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.");
  }

  static ArmError invalidApiVersion(String version, List<String> supported) {
    return new ArmError(
        400,
        "InvalidApiVersionParameter",
        "The api-version '%s' is invalid. The supported versions are '%s'."
            .formatted(version, String.join(",", supported)));
  }

  static ArmError noRegisteredProvider(String type, String version, ProviderType known) {
    return new ArmError(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '' and API version '%s' for type '%s'. The supported api-versions are '%s'. The supported locations are '%s'."
            .formatted(
                version,
                type,
                String.join(", ", known.apiVersions()),
                String.join(", ", known.locations())));
  }

  static ArmError missingToken() {
    return new ArmError(
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.");
  }

  static ArmError wrongScheme() {
    return new ArmError(
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is provided in an invalid format.");
  }

  static ArmError invalidToken() {
    return new ArmError(401, "InvalidAuthenticationToken", "The access token is invalid.");
  }

  static ArmError expiredToken(Instant expiry, Instant now) {
    return new ArmError(
        401,
        "ExpiredAuthenticationToken",
        "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
            .formatted(AMERICAN.format(expiry), AMERICAN.format(now)));
  }

  static ArmError wrongAudience(String audience, List<String> allowed) {
    return new ArmError(
        401,
        "InvalidAuthenticationTokenAudience",
        "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
            .formatted(audience, String.join("','", allowed)));
  }

  static ArmError wrongTenant(String ofToken, String ofSubscription) {
    var authority = "https://login.windows.net/" + ofSubscription;
    return new ArmError(
            401,
            "InvalidAuthenticationTokenTenant",
            "The access token is from the wrong issuer 'https://sts.windows.net/%s/'. It must match the tenant 'https://sts.windows.net/%s/' associated with this subscription. Please use the authority (URL) '%s' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later."
                .formatted(ofToken, ofSubscription, authority))
        .with(
            "WWW-Authenticate",
            "Bearer authorization_uri=\"%s\", error=\"invalid_token\", error_description=\"The access token is from the wrong issuer. It must match the tenant associated with this subscription.\""
                .formatted(authority));
  }

  static ArmError denied(Caller caller, String action, Scope scope) {
    return new ArmError(
        403,
        "AuthorizationFailed",
        "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(caller.clientId(), caller.objectId(), action, scope));
  }

  static ArmError invalidNamespace(String namespace) {
    return new ArmError(
        404,
        "InvalidResourceNamespace",
        "The resource namespace '%s' is invalid.".formatted(namespace));
  }

  static ArmError invalidType(String type, String namespace, String version) {
    return new ArmError(
        404,
        "InvalidResourceType",
        "The resource type '%s' could not be found in the namespace '%s' for api version '%s'."
            .formatted(type, namespace, version));
  }

  static ArmError unknownPath(String path) {
    return new ArmError(
        404,
        "NotFound",
        "No HTTP resource was found that matches the request path '" + path + "'.");
  }

  static ArmError wrongMethod(String method) {
    return new ArmError(
        405,
        "MethodNotAllowed",
        "The requested resource does not support http method '" + method + "'.");
  }

  static ArmError invalidSubscription(String id) {
    return new ArmError(
        400,
        "InvalidSubscriptionId",
        "The provided subscription identifier '" + id + "' is malformed or invalid.");
  }

  static ArmError subscriptionNotFound(String id) {
    return new ArmError(
        404, "SubscriptionNotFound", "The subscription '" + id + "' could not be found.");
  }

  static ArmError groupNotFound(String name) {
    return new ArmError(
        404, "ResourceGroupNotFound", "Resource group '" + name + "' could not be found.");
  }

  /** Worded as the managed identity service words its own throttling. */
  static ArmError throttled(Scope resource, long seconds) {
    return new ArmError(
            429,
            "TooManyRequests",
            "Request is temporarily throttled because resource %s has issued too many requests. Retry after %d seconds."
                .formatted(resource, seconds))
        .with("Retry-After", Long.toString(seconds));
  }

  static ArmError locked(Scope target, String verb, List<Scope> locked) {
    return new ArmError(
        409,
        "ScopeLocked",
        "The scope '%s' cannot perform %s operation because following scope(s) are locked: '%s'. Please remove the lock and try again."
            .formatted(
                target, verb, locked.stream().map(Scope::path).collect(Collectors.joining("','"))));
  }

  static ArmError unreadableBody(String reason) {
    return new ArmError(
        400,
        "InvalidRequestContent",
        "The request content was invalid and could not be deserialized: '" + reason + "'.");
  }
}
