package dev.managedidentity.operator.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Values that are https URLs. Errors never repeat the value: somebody may have put a password in
 * it.
 */
final class UrlSyntax {
  private static final int LONGEST_ISSUER = 600;

  private UrlSyntax() {}

  static URI endpoint(JsonNode node) throws InvalidValueException {
    return checked(TextSyntax.text(node));
  }

  /** An issuer stays text: a URI might be written differently than it was read. */
  static String issuer(JsonNode node) throws InvalidValueException {
    var issuer = TextSyntax.text(node);
    checked(issuer);
    if (issuer.length() > LONGEST_ISSUER) {
      throw new InvalidValueException("has %d characters".formatted(issuer.length()));
    }
    return issuer;
  }

  private static URI checked(String text) throws InvalidValueException {
    if (!text.strip().equals(text)) {
      throw new InvalidValueException("begins or ends with white space");
    }
    var url = parsed(text);
    if (!"https".equals(url.getScheme())) {
      throw new InvalidValueException("does not begin with https://");
    }
    if (url.getHost() == null) {
      throw new InvalidValueException("has no valid host");
    }
    if (url.getRawUserInfo() != null) {
      throw new InvalidValueException("has a user before the host");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new InvalidValueException("has a query or a fragment");
    }
    return url;
  }

  private static URI parsed(String text) throws InvalidValueException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InvalidValueException(
          "is not a URL: %s at character %d".formatted(e.getReason(), e.getIndex() + 1));
    }
  }
}
