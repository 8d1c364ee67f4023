package dev.managedidentity.operator.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Public keys by their ids, each as the numbers that make it up, so that equal keys are equal
 * however they are written.
 */
record SigningKeys(Map<String, String> byId) {
  private static final ObjectMapper JSON = new ObjectMapper();

  SigningKeys {
    byId = Map.copyOf(byId);
  }

  /** The keys of a JSON Web Key Set; empty when the text is none or has no key. */
  static Optional<SigningKeys> parse(String text) {
    try {
      var keys = new TreeMap<String, String>();
      JSON.readTree(text)
          .path("keys")
          .forEach(key -> keys.put(key.path("kid").asText(), material(key)));
      return keys.isEmpty() ? Optional.empty() : Optional.of(new SigningKeys(keys));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** Ids of the keys that the others lack, or have another key under, in order. */
  List<String> missingIn(SigningKeys others) {
    return byId.entrySet().stream()
        .filter(key -> !key.getValue().equals(others.byId.get(key.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static String material(JsonNode key) {
    return Stream.of("kty", "crv", "n", "e", "x", "y")
        .map(name -> isNumber(name) ? number(key.path(name).asText()) : key.path(name).asText())
        .collect(Collectors.joining(" "));
  }

  private static boolean isNumber(String name) {
    return name.length() == 1;
  }

  private static String number(String text) {
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(text)).toString(16);
    } catch (IllegalArgumentException _) {
      return "unreadable " + text;
    }
  }
}
