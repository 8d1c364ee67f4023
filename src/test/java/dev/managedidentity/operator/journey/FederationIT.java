package dev.managedidentity.operator.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.managedidentity.dev.emulator.model.Scope;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of the real API server at the token endpoint: who gets in and who does not. */
@UsesControlPlane
@UsesOperator
class FederationIT {
  private static final String AUDIENCE = TokenEndpoint.AUDIENCE;

  private final Team team;

  FederationIT(Team team) {
    this.team = team;
  }

  @BeforeEach
  void bindAnAccount() {
    team.applyIdentity("orders", "{}");
    team.applyBinding("orders-api", "orders");
    team.awaitReadyBinding("orders-api");
  }

  @Test
  void theBoundAccountGetsAToken() {
    assertThat(exchange(token("orders-api", AUDIENCE)))
        .startsWith("200")
        .contains("\"access_token\"");
  }

  @Test
  void anotherAccountIsRefused() {
    team.applyAccount("intruder");

    assertThat(exchange(token("intruder", AUDIENCE))).startsWith("401").contains("AADSTS700213");
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    assertThat(exchange(token("orders-api", "https://kubernetes.default.svc")))
        .startsWith("401")
        .contains("AADSTS700212");
  }

  @Test
  void aSubjectThatDiffersInTheCaseOfALetterIsRefused() {
    var subject = team.subjects(team.identity("orders")).getFirst();
    replaceCredential(
        team.operator().rig().controlPlane().issuer(), subject.toUpperCase(Locale.ROOT));

    assertThat(exchange(token("orders-api", AUDIENCE))).contains("AADSTS7002138");
  }

  @Test
  void anotherIssuerIsRefused() {
    var subject = team.subjects(team.identity("orders")).getFirst();
    replaceCredential("https://another.example.com", subject);

    assertThat(exchange(token("orders-api", AUDIENCE))).startsWith("401").contains("AADSTS700211");
  }

  @Test
  void aForgedSignatureIsRefused() {
    var parts = token("orders-api", AUDIENCE).split("\\.", -1);
    var other = token("orders-api", "somebody-else").split("\\.", -1);

    assertThat(exchange(parts[0] + "." + parts[1] + "." + other[2])).contains("AADSTS7000274");
  }

  @Test
  void nobodyGetsATokenOnceTheBindingIsGone() {
    var token = token("orders-api", AUDIENCE);

    team.deleteBinding("orders-api");
    team.awaitNoBinding("orders-api");

    assertThat(exchange(token)).startsWith("401").contains("AADSTS70025");
  }

  /** As somebody in the portal would change the one credential of the identity. */
  private void replaceCredential(String issuer, String subject) {
    var binding = team.binding("orders-api").federatedCredentials().getFirst();
    team.azure()
        .control()
        .outOfBand()
        .putCredential(new Scope(binding.identity()), binding.name(), issuer, subject, AUDIENCE);
  }

  private String token(String account, String audience) {
    return TokenEndpoint.token(team.kubectl(), team.name(), account, audience);
  }

  private String exchange(String assertion) {
    try (var entra = TokenEndpoint.of(team.azure())) {
      return entra.exchange(requireNonNull(team.identity("orders").clientId()), assertion);
    }
  }
}
