package dev.managedidentity.operator.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What an OpenID discovery document says of an issuer.
 *
 * @param issuer empty when it names none
 * @param keysAddress {@code jwks_uri}; empty when it names none
 */
record DiscoveryDocument(String issuer, String keysAddress) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads any text; one that is no such document says nothing. */
  static DiscoveryDocument parse(String text) {
    try {
      var document = JSON.readTree(text);
      return new DiscoveryDocument(word(document, "issuer"), word(document, "jwks_uri"));
    } catch (JsonProcessingException _) {
      return new DiscoveryDocument("", "");
    }
  }

  private static String word(JsonNode document, String name) {
    return document.path(name).isTextual() ? document.path(name).textValue() : "";
  }
}
