package dev.managedidentity.dev.emulator.entra;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The errors of the token endpoint, worded as Entra words them.
 *
 * <p>The texts of the 7002xx codes, 70025, 700024, 700016 and 90061 were seen on the wire. 7000272
 * (the issuer publishes no such key) is quoted in Azure/azure-workload-identity issue 1232; 7000274
 * (the key is there and does not verify) and 5002727 (header type) are known from public field
 * reports by number and meaning, so their texts are ours. 50027 for a text that is no JWT is what
 * {@code az login --federated-token} reports.
 */
final class EntraErrors {
  private static final DateTimeFormatter TICKS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String FEDERATION =
      " Check your federated identity credential Subject, Audience and Issuer against the presented"
          + " assertion."
          + " https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

  private EntraErrors() {}

  static EntraError tenantNotFound(String tenant) {
    return new EntraError(
        400,
        "invalid_request",
        90002,
        "Tenant '"
            + tenant
            + "' not found. Check to make sure you have the correct tenant ID and are signing into"
            + " the correct cloud. Check with your subscription administrator, this may happen if"
            + " there are no active subscriptions for the tenant.");
  }

  static EntraError missingParameter(String name) {
    return new EntraError(
        400,
        "invalid_request",
        900144,
        "The request body must contain the following parameter: '" + name + "'.");
  }

  static EntraError missingScope() {
    return new EntraError(
        400,
        "invalid_request",
        90014,
        "The required field 'scope' is missing from the credential.");
  }

  static EntraError missingCredential() {
    return new EntraError(
        401,
        "invalid_client",
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or"
            + " 'client_secret'.");
  }

  static EntraError unsupportedGrant(String grantType) {
    return new EntraError(
        400,
        "unsupported_grant_type",
        70003,
        "The app requested an unsupported grant type '" + grantType + "'.");
  }

  static EntraError scopeWithoutDefault(String scope) {
    return new EntraError(
        400,
        "invalid_scope",
        1002012,
        "The provided value for scope "
            + scope
            + " is not valid. Client credential flows must have a scope value with /.default"
            + " suffixed to the resource identifier (application ID URI).");
  }

  static EntraError invalidScope(String scope) {
    return new EntraError(
        400,
        "invalid_scope",
        70011,
        "The provided request must include a 'scope' input parameter. The provided value for the"
            + " input parameter 'scope' is not valid. The scope "
            + scope
            + " is not valid.");
  }

  static EntraError unknownClient(String clientId, String tenant) {
    return new EntraError(
        400,
        "unauthorized_client",
        700016,
        "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."
            .formatted(clientId, tenant));
  }

  static EntraError wrongSecret(String clientId) {
    return new EntraError(
        401,
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client"
            + " secret value, not the client secret ID, for a secret added to app '"
            + clientId
            + "'.");
  }

  static EntraError malformedAssertion(String detail) {
    return new EntraError(
        400, "invalid_request", 50027, "JWT token is invalid or malformed. " + detail);
  }

  static EntraError wrongHeaderType() {
    return new EntraError(
        400,
        "invalid_request",
        5002727,
        "Invalid JWT header type specified, must be 'JWT' or 'http://openid.net/specs/jwt/1.0'.");
  }

  static EntraError wrongAlgorithm() {
    return new EntraError(
        400,
        "invalid_request",
        5002730,
        "Invalid JWT token. Unsupported key for the signing algorithm.");
  }

  static EntraError noCredentials() {
    return new EntraError(
        401,
        "invalid_client",
        70025,
        "Client application has no configured federated identity credentials.");
  }

  static EntraError wrongIssuer(String issuer) {
    return mismatch(700211, "issuer", issuer);
  }

  static EntraError wrongAudience(String audience) {
    return mismatch(700212, "audience", audience);
  }

  static EntraError wrongSubject(String subject) {
    return mismatch(700213, "subject", subject);
  }

  private static EntraError mismatch(long code, String what, String value) {
    return new EntraError(
        401,
        "invalid_client",
        code,
        "No matching federated identity record found for presented assertion %s '%s'."
                .formatted(what, value)
            + FEDERATION);
  }

  static EntraError subjectInOtherCase(String subject) {
    return new EntraError(
        401,
        "invalid_client",
        7002138,
        "No matching federated identity record found for presented assertion subject '"
            + subject
            + "'. The subject matches with case-insensitive comparison, but not with case-sensitive"
            + " comparison."
            + FEDERATION
            + ". See breaking change notification and remediation at:"
            + " https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024.");
  }

  static EntraError issuerUnreachable() {
    return new EntraError(
        400, "invalid_request", 90061, "Request to External OIDC endpoint failed.");
  }

  static EntraError unknownKey(String keyId, String issuer) {
    return new EntraError(
        401,
        "invalid_client",
        7000272,
        "The certificate with identifier %s used to sign the federated credential could not be found in the metadata of identity provider %s. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token."
            .formatted(keyId, issuer));
  }

  static EntraError wrongSignature(String keyId, String issuer) {
    return new EntraError(
        401,
        "invalid_client",
        7000274,
        "The signature of the federated credential does not verify with the key %s of identity provider %s."
            .formatted(keyId, issuer));
  }

  static EntraError outsideItsTime(Instant now, Instant from, Instant until) {
    return new EntraError(
        401,
        "invalid_client",
        700024,
        "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
            .formatted(TICKS.format(now), TICKS.format(from), TICKS.format(until)));
  }
}
