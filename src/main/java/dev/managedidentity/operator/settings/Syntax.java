package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What the values of a key look like, and how they become Java values. */
public enum Syntax {
  CLOUD("one of Public, USGovernment, China, Custom"),
  GUID("a GUID, such as 00000000-0000-0000-0000-000000000000"),
  RESOURCE_GROUP("1 to 90 letters, digits, '_', '-', '.', '(' or ')', not ending with '.'"),
  REGION("2 to 64 lower-case letters and digits, a letter first, such as westeurope"),
  HTTPS_URL(
      "an https URL with a host, without user, query or fragment, such as https://host.example/"),
  ISSUER("an https URL with a host, without user, query or fragment, at most 600 characters"),
  ISSUERS(
      "a list of https URLs, none of them twice, each with a host, without user, query or fragment"
          + " and at most 600 characters long"),
  AUDIENCE("1 to 600 characters without white space"),
  CERTIFICATE_FILE("the path of a readable PEM file with certificates"),
  DURATION("a whole number and a unit (ms, s, m), from 1s to 10m, such as 30s"),
  INTERVAL("a whole number and a unit (ms, s, m, h), from 1s to 24h, such as 30m"),
  GRACE_PERIOD("a whole number and a unit (ms, s, m, h), from 1s to 48h, such as 24h"),
  BOOLEAN("true or false"),
  ADDRESS("an IPv4 or IPv6 address, such as 0.0.0.0"),
  HOST("a DNS name in lower case, such as SERVICE.NAMESPACE.svc, at most 253 characters"),
  OBJECT_NAME("at most 240 lower-case letters, digits and '-', a letter or digit first and last"),
  DIRECTORY("the path of a folder"),
  PORT("a whole number from 0 to 65535"),
  NAMESPACES(
      "a list of names of namespaces, none of them twice: at most 63 lower-case letters, digits and"
          + " '-', a letter or digit first and last"),
  CREDENTIALS(
      "a list of mappings with subscriptions, a list of GUIDs of which none occurs twice, and the"
          + " GUIDs tenantId and clientId"),
  RULES(
      "a list of mappings with name, namespaces (a label selector, {} for every namespace) and any"
          + " of the lists subscriptions, resourceGroups, names, adoptable, roles, scopes,"
          + " azureResources, issuers"),
  TAGS(
      "a mapping of at most 46 tags: names of 1 to 512 characters without < > % & \\ ? /, that"
          + " differ not only in case and do not start with managedidentity.dev, microsoft, azure"
          + " or windows; values of at most 256 characters");

  private final String allowed;

  Syntax(String allowed) {
    this.allowed = allowed;
  }

  /** The rule in words that follow "must be". */
  public String allowed() {
    return allowed;
  }

  /** The Java value of a YAML node, which is text when it comes from the environment. */
  Object parse(JsonNode node) throws InvalidValueException {
    return switch (this) {
      case CLOUD -> TextSyntax.cloud(node);
      case GUID -> TextSyntax.matching(node, TextSyntax.GUID);
      case RESOURCE_GROUP -> TextSyntax.matching(node, TextSyntax.RESOURCE_GROUP);
      case REGION -> TextSyntax.matching(node, TextSyntax.REGION);
      case AUDIENCE -> TextSyntax.matching(node, TextSyntax.AUDIENCE);
      case HOST -> TextSyntax.matching(node, TextSyntax.HOST);
      case OBJECT_NAME -> TextSyntax.matching(node, TextSyntax.OBJECT_NAME);
      case DIRECTORY -> CertificateFile.directory(node);
      case ADDRESS -> TextSyntax.address(node);
      case PORT -> TextSyntax.port(node);
      case DURATION -> TextSyntax.duration(node, Duration.ofMinutes(10));
      case INTERVAL -> TextSyntax.duration(node, Duration.ofHours(24));
      case GRACE_PERIOD -> TextSyntax.duration(node, Duration.ofDays(2));
      case BOOLEAN -> TextSyntax.truth(node);
      case HTTPS_URL -> UrlSyntax.endpoint(node);
      case ISSUER -> UrlSyntax.issuer(node);
      case ISSUERS -> ListSyntax.parse(node, UrlSyntax::issuer);
      case NAMESPACES ->
          ListSyntax.parse(node, one -> TextSyntax.matching(one, TextSyntax.NAMESPACE));
      case CERTIFICATE_FILE -> CertificateFile.path(node);
      case CREDENTIALS -> CredentialSyntax.parse(node);
      case RULES -> RuleSyntax.parse(node);
      case TAGS -> TagSyntax.parse(node);
    };
  }
}
