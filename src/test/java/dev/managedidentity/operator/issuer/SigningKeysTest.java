package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {
  private static final String RSA =
      "{\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"a\",\"alg\":\"RS256\",\"n\":\"wXyz\",\"e\":\"AQAB\"}";
  private static final String POINT =
      "{\"kty\":\"EC\",\"kid\":\"b\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"Ag\"}";

  @Test
  void everyKeyIsThereAmongMore() {
    assertThat(keys(RSA).missingIn(keys(POINT, RSA))).isEmpty();
  }

  @Test
  void namesTheKeysThatAreNotThere() {
    assertThat(keys(RSA, POINT).missingIn(keys(RSA.replace("\"a\"", "\"c\""))))
        .containsExactly("a", "b");
  }

  @Test
  void anotherKeyUnderTheSameIdIsNotTheKey() {
    assertThat(keys(RSA).missingIn(keys(RSA.replace("wXyz", "wXya")))).containsExactly("a");
    assertThat(keys(POINT).missingIn(keys(POINT.replace("\"Ag\"", "\"Aw\"")))).containsExactly("b");
    assertThat(keys(POINT).missingIn(keys(POINT.replace("P-256", "P-384")))).containsExactly("b");
  }

  /** A zero in front, padding, and what else stands beside the numbers. */
  @Test
  void theSameNumbersAreTheSameKey() {
    var padded = RSA.replace("AQAB", "AAEAAQ==").replace("\"use\":\"sig\",", "\"x5t\":\"t\",");

    assertThat(keys(RSA).missingIn(keys(padded))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"keys\":[]}", "{\"keys\":7}", "<html>"})
  void noKeysAreNone(String text) {
    assertThat(SigningKeys.parse(text)).isEmpty();
  }

  private static SigningKeys keys(String... keys) {
    return SigningKeys.parse("{\"keys\":[" + String.join(",", keys) + "]}").orElseThrow();
  }
}
