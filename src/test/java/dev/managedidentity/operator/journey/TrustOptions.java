package dev.managedidentity.operator.journey;

import dev.managedidentity.operator.SigningIn;
import dev.managedidentity.operator.azure.AzureGateway;
import dev.managedidentity.operator.azure.Cloud;
import dev.managedidentity.operator.azure.Federation;
import dev.managedidentity.operator.azure.arm.AzureClients;
import dev.managedidentity.operator.binding.CredentialRules;
import dev.managedidentity.operator.binding.TokenIssuers;
import dev.managedidentity.operator.issuer.ClusterIssuer;
import dev.managedidentity.operator.issuer.IssuerReport;
import dev.managedidentity.operator.kube.AccountTokens;
import dev.managedidentity.operator.kube.ClusterFacts;
import dev.managedidentity.operator.kube.IssuerDocuments;
import dev.managedidentity.operator.proof.Prover;
import dev.managedidentity.operator.runtime.MeteredWorkloads;
import dev.managedidentity.operator.runtime.Telemetry;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Whose tokens are accepted and how that is proven.
 *
 * @param isDiscovered whether the operator asks the API server for the issuer, again and again
 * @param additionalIssuers that are announced
 * @param grace how long credentials of former issuers stay
 * @param isVerifying whether tokens are exchanged as proof
 * @param reports what is known of an issuer, given what the API server says of itself
 */
record TrustOptions(
    boolean isDiscovered,
    List<String> additionalIssuers,
    Duration grace,
    boolean isVerifying,
    Function<IssuerDocuments, Function<String, IssuerReport>> reports) {
  private static final Duration OFTEN = Duration.ofMillis(200);

  /** One issuer for ever, not checked; every binding is proven; former credentials go at once. */
  static final TrustOptions STANDARD =
      new TrustOptions(
          false,
          List.of(),
          Duration.ZERO,
          true,
          _ -> issuer -> new IssuerReport(issuer, Optional.empty()));

  TrustOptions discovering(List<String> additional, Duration period) {
    return new TrustOptions(true, additional, period, isVerifying, reports);
  }

  TrustOptions withoutVerification() {
    return new TrustOptions(isDiscovered, additionalIssuers, grace, false, reports);
  }

  TrustOptions reporting(Function<IssuerDocuments, Function<String, IssuerReport>> others) {
    return new TrustOptions(isDiscovered, additionalIssuers, grace, isVerifying, others);
  }

  SigningIn signingIn(
      KubernetesClient client,
      ClusterFacts cluster,
      Cloud cloud,
      AzureGateway azure,
      Telemetry telemetry) {
    var documents = new IssuerDocuments(client);
    var issuer =
        isDiscovered
            ? ClusterIssuer.discovered(cluster.issuer(), documents::issuer, OFTEN, new Random())
            : ClusterIssuer.configured(cluster.issuer());
    issuer.start();
    var workloads =
        new MeteredWorkloads(
            AzureClients.connectWorkloads(
                cloud, Duration.ofSeconds(30), Clock.systemUTC(), Map.of()),
            telemetry);
    var prover = new Prover(new AccountTokens(client), workloads, azure, System::nanoTime);
    return new SigningIn(
        new Federation(cluster.id(), cloud.federationAudience()),
        issuer,
        new TokenIssuers(issuer::current, additionalIssuers, reports.apply(documents)),
        new CredentialRules(isVerifying, Duration.ofHours(6), grace),
        prover::prove,
        telemetry::federated);
  }
}
