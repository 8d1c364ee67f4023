package dev.managedidentity.operator.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.operator.apiserver.UsesControlPlane;
import dev.managedidentity.operator.issuer.IssuerChecks;
import dev.managedidentity.operator.issuer.IssuerReport;
import dev.managedidentity.operator.kube.IssuerDocuments;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers that Entra would not accept: what the binding says, before any credential is written. */
@UsesControlPlane
@UsesOperator(IssuerReasonsIT.Checked.class)
class IssuerReasonsIT {
  /** Issuers are looked at as Entra does; addresses by number are refused as on the Internet. */
  static final class Checked extends IssuerSetup {
    private final List<IssuerChecks> checks = new CopyOnWriteArrayList<>();

    @Override
    TrustOptions trust() {
      return TrustOptions.STANDARD.reporting(this::reports);
    }

    private Function<String, IssuerReport> reports(IssuerDocuments documents) {
      var internet = checks(documents, true);
      var here = checks(documents, false);
      return issuer -> (issuer.contains("//10.") ? internet : here).report(issuer);
    }

    private IssuerChecks checks(IssuerDocuments documents, boolean mustBePublic) {
      var made =
          IssuerChecks.overHttps(
              TrustedCertificates.ofPem(host().caPem()).clientContext(),
              mustBePublic,
              new IssuerChecks.Cluster(issuer("old")::equals, documents::keys),
              System::nanoTime);
      checks.add(made);
      return made;
    }

    @Override
    public void close() {
      checks.forEach(IssuerChecks::close);
      super.close();
    }
  }

  private final Team team;
  private final Checked setup;

  IssuerReasonsIT(Team team) {
    this.team = team;
    this.setup = (Checked) team.operator().setup();
    team.applyIdentity("orders", "{}");
    team.applyAccount("api");
  }

  @Test
  void theIssuerOfTheClusterIsFine() {
    team.applyBinding("api", "orders");

    team.awaitReadyBinding("api");
  }

  @Test
  void aHostThatIsNotPublicCanNeverBeReachedAndTheDocumentsSayWhatToDo() {
    bind("https://10.0.0.1/cluster");

    assertThat(team.awaitBinding("api", "False", "IssuerNotPublic"))
        .contains("10.0.0.1", "docs/operations/issuer.md");
    assertNothingWritten();
  }

  @Test
  void aDocumentOfAnotherIssuerIsNamed() {
    bind(setup.issuer("old") + "/");

    assertThat(team.awaitBinding("api", "False", "IssuerDiffers"))
        .contains(setup.issuer("old"), "docs/operations/issuer.md");
    assertNothingWritten();
  }

  @Test
  void anOutsiderWhoseIssuerDoesNotAnswerIsWaitedFor() {
    team.applyBindingSpec(
        "ci",
        "{identityRef: {name: orders}, subject: {external: {issuer: 'https://localhost:1/ci',"
            + " subject: 'repo:orders'}}}");

    assertThat(team.awaitBinding("ci", "Unknown", "IssuerNotReachable"))
        .contains("https://localhost:1/ci", "docs/operations/issuer.md");
    assertThat(team.subjects(team.identity("orders"))).containsExactly("repo:orders");
  }

  @Test
  void anOutsiderWithAnIssuerOfItsOwnIsFine() {
    team.applyBindingSpec(
        "ci",
        "{identityRef: {name: orders}, subject: {external: {issuer: '%s', subject: 'repo:orders'}}}"
            .formatted(setup.issuer("ci")));

    team.awaitReadyBinding("ci");
  }

  @ParameterizedTest
  @CsvSource({"http://issuer.example, https", "https://user@issuer.example, https", "long, 600"})
  void whatIsNoIssuerIsRefusedWhenItIsApplied(String issuer, String advice) {
    var text = issuer.equals("long") ? "https://issuer.example/" + "x".repeat(600) : issuer;

    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> bind(text))
        .withMessageContaining("spec.issuer")
        .withMessageContaining(advice);
  }

  private void bind(String issuer) {
    team.applyBindingSpec(
        "api",
        "{identityRef: {name: orders}, issuer: '%s', subject: {serviceAccount: {name: api}}}"
            .formatted(issuer));
  }

  private void assertNothingWritten() {
    assertThat(team.operations()).noneMatch(operation -> operation.contains("Credentials/write"));
  }
}
