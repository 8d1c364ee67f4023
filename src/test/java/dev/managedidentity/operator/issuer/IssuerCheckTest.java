package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.operator.plan.Problem;
import dev.managedidentity.operator.plan.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerCheckTest {
  private static final String ISSUER = "https://issuer.example/cluster";
  private static final String DOCUMENT = ISSUER + "/.well-known/openid-configuration";
  private static final String KEYS = "https://keys.example/jwks";
  private static final String KEY = key("one", "wXyz");

  private final PrintedWeb web =
      new PrintedWeb().with(DOCUMENT, document(ISSUER, KEYS)).with(KEYS, keys(KEY));

  @Test
  void anIssuerThatEntraCanUseHasNoProblem() {
    assertThat(check(true).check(ISSUER, true)).isEmpty();
    assertThat(web.fetched()).containsExactly(DOCUMENT, KEYS);
  }

  @Test
  void theDocumentOfAnIssuerWithASlashAtTheEndIsAtTheSameAddress() {
    web.with(DOCUMENT, document(ISSUER + "/", KEYS));

    assertThat(check(true).check(ISSUER + "/", true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://issuer.example,          does not begin with https://
          issuer,                         does not begin with https://
          https://issuer example,         is not a URL
          https:///path,                  has no valid host
          https://user:word@issuer.example, has a user before the host
          https://issuer.example?a=b,     has a query or a fragment
          https://issuer.example#a,       has a query or a fragment
          """)
  void anIssuerIsAnHttpsUrl(String issuer, String why) {
    assertRejected(check(true).check(issuer, false), Reason.ISSUER_INVALID, why);
    assertThat(web.fetched()).isEmpty();
  }

  @Test
  void anIssuerHasAtMost600Characters() {
    var longest = "https://issuer.example/" + "x".repeat(600 - 23);

    assertRejected(
        check(true).check(longest + "x", false), Reason.ISSUER_INVALID, "has 601 characters");
    assertThat(reason(check(true).check(longest, false))).isEqualTo(Reason.ISSUER_NOT_REACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kubernetes.default.svc.cluster.local",
        "https://localhost:8443/a",
        "https://10.0.0.1:6443",
        "https://[::1]:6443"
      })
  void aClusterThatNobodyCanReachIsToldSoAndNotAsked(String issuer) {
    var problem = check(true).check(issuer, true);

    assertRejected(problem, Reason.ISSUER_NOT_PUBLIC, "can never fetch the keys");
    assertThat(problem.orElseThrow().message()).contains("docs/operations/issuer.md");
    assertThat(web.fetched()).isEmpty();
  }

  @Test
  void aPrivateHostIsFineWhereEntraIsNotOnTheInternet() {
    var issuer = "https://localhost:8443/a";
    web.with(issuer + "/.well-known/openid-configuration", document(issuer, "https://localhost/k"))
        .with("https://localhost/k", keys(KEY));

    assertThat(check(false).check(issuer, true)).isEmpty();
  }

  /** Another answer may be given to Entra, so that it is only a hint; and nothing is asked. */
  @Test
  void aNameThatHasOnlyPrivateAddressesHereIsNotAsked() {
    web.withHost("issuer.example", "10.0.0.1", "fd00::1");

    assertHint(check(true).check(ISSUER, false), "issuer.example/cluster/.well-known/openid-conf");
    assertThat(web.fetched()).isEmpty();
  }

  @Test
  void aNameThatHasAPublicAddressTooIsAsked() {
    web.withHost("issuer.example", "10.0.0.1", "8.8.8.8");

    assertThat(check(true).check(ISSUER, true)).isEmpty();
  }

  @Test
  void aDocumentThatDoesNotAnswerIsAHint() {
    assertHint(
        check(true).check("https://other.example", false),
        "The discovery document of issuer https://other.example cannot be fetched:"
            + " https://other.example/.well-known/openid-configuration does not answer within 5"
            + " s.");
  }

  @Test
  void keysThatDoNotAnswerAreAHint() {
    web.with(DOCUMENT, document(ISSUER, "https://keys.example/other"));

    assertHint(check(true).check(ISSUER, false), "https://keys.example/other does not answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ISSUER + "/", "https://Issuer.example/cluster", "https://issuer.example", "other"})
  void theDocumentNamesTheIssuerLetterByLetter(String named) {
    web.with(DOCUMENT, document(named, KEYS));

    assertRejected(
        check(true).check(ISSUER, false), Reason.ISSUER_DIFFERS, "names the issuer " + named + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"issuer\":7}"})
  void aPageThatIsNoDocumentNamesNoIssuer(String page) {
    web.with(DOCUMENT, page);

    assertRejected(check(true).check(ISSUER, false), Reason.ISSUER_DIFFERS, "names no issuer.");
  }

  @Test
  void whatADocumentSaysIsCutToOneShortLine() {
    web.with(DOCUMENT, document("a\\nb" + "x".repeat(5000), KEYS));

    assertThat(check(true).check(ISSUER, false).orElseThrow().detail())
        .contains("names the issuer a bxxx")
        .hasSizeLessThan(600);
  }

  @Test
  void theKeysAreAtAnHttpsAddress() {
    web.with(DOCUMENT, document(ISSUER, "http://keys.example/jwks"));

    assertRejected(
        check(true).check(ISSUER, false),
        Reason.ISSUER_DIFFERS,
        "Its jwks_uri http://keys.example/jwks does not begin with https://.");
  }

  @Test
  void withoutAnAddressOfKeysThereAreNone() {
    web.with(DOCUMENT, "{\"issuer\": \"%s\"}".formatted(ISSUER));

    assertRejected(check(true).check(ISSUER, false), Reason.ISSUER_DIFFERS, "has no jwks_uri");
  }

  /** What an API server says whose --service-account-jwks-uri was forgotten. */
  @Test
  void theKeysAreAtAPublicAddressToo() {
    web.with(DOCUMENT, document(ISSUER, "https://10.0.0.4:6443/openid/v1/jwks"));

    assertRejected(
        check(true).check(ISSUER, true),
        Reason.ISSUER_NOT_PUBLIC,
        "its jwks_uri https://10.0.0.4:6443/openid/v1/jwks is the private address 10.0.0.4.");
    assertThat(web.fetched()).containsExactly(DOCUMENT);
  }

  @Test
  void aPageWithoutKeysIsNone() {
    web.with(KEYS, "{}");

    assertRejected(check(true).check(ISSUER, false), Reason.ISSUER_DIFFERS, "There are no keys");
  }

  @Test
  void theClustersOwnIssuerPublishesTheClustersKeys() {
    web.with(KEYS, keys(key("two", "wXyz"), key("one", "other")));

    assertRejected(
        check(true).check(ISSUER, true),
        Reason.ISSUER_KEYS_DIFFER,
        "Issuer %s does not publish this cluster's key one at %s.".formatted(ISSUER, KEYS));
    assertThat(check(true).check(ISSUER, false)).isEmpty();
  }

  @Test
  void aClusterThatTellsNoKeysIsNotCompared() {
    assertThat(new IssuerCheck(web, true, Optional::empty).check(ISSUER, true)).isEmpty();
    assertThat(new IssuerCheck(web, true, () -> Optional.of("<html>")).check(ISSUER, true))
        .isEmpty();
  }

  private IssuerCheck check(boolean mustBePublic) {
    return new IssuerCheck(web, mustBePublic, () -> Optional.of(keys(KEY)));
  }

  private static void assertRejected(Optional<Problem> problem, Reason reason, String detail) {
    assertThat(problem).get().isInstanceOf(Problem.Rejected.class);
    assertThat(reason(problem)).isEqualTo(reason);
    assertThat(problem.orElseThrow().detail()).contains(detail);
    assertThat(new IssuerReport(ISSUER, problem).isDefinite()).isTrue();
  }

  private static void assertHint(Optional<Problem> problem, String detail) {
    assertThat(reason(problem)).isEqualTo(Reason.ISSUER_NOT_REACHABLE);
    assertThat(problem.orElseThrow().detail()).contains(detail);
    assertThat(new IssuerReport(ISSUER, problem).isDefinite()).isFalse();
  }

  private static Reason reason(Optional<Problem> problem) {
    return problem.orElseThrow().reason();
  }

  private static String document(String issuer, String keys) {
    return "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(issuer, keys);
  }

  private static String keys(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  private static String key(String id, String modulus) {
    return "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"AQAB\"}".formatted(id, modulus);
  }
}
