package dev.managedidentity.dev.emulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.managedidentity.dev.emulator.http.Json;
import dev.managedidentity.dev.emulator.model.Credential;

/** What a body asks of a federated credential: complete, and each text within its length. */
record CredentialWish(String issuer, String subject, String audience) {
  private static final int LONGEST = 600;

  static CredentialWish of(JsonNode body) {
    var properties = body.path("properties");
    var audiences = Json.texts(properties, "audiences");
    if (audiences.size() > 1) {
      throw new ArmRefusal(ArmErrors.notOneAudience());
    }
    return new CredentialWish(
        text(properties, "issuer"),
        text(properties, "subject"),
        checked("audience", audiences.isEmpty() ? "" : audiences.getFirst()));
  }

  private static String text(JsonNode properties, String name) {
    return checked(name, Json.text(properties, name).orElse(""));
  }

  private static String checked(String name, String value) {
    if (value.isBlank()) {
      throw new ArmRefusal(ArmErrors.credentialIncomplete());
    }
    if (value.length() > LONGEST) {
      throw new ArmRefusal(ArmErrors.credentialTooLong(name, LONGEST));
    }
    return value;
  }

  boolean collidesWith(Credential other) {
    return other.issuer().equals(issuer) && other.subject().equals(subject);
  }

  boolean isMetBy(Credential existing) {
    return collidesWith(existing) && existing.audience().equals(audience);
  }
}
