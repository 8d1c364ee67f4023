package dev.managedidentity.dev.rig;

import com.azure.core.credential.AccessToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.pki.TrustedCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads resource groups with an access token, as a workload would. */
public record ResourceManager(AzureEmulator azure, AccessToken token) {
  private static final String API_VERSION = "2021-04-01";

  /**
   * What Azure answered.
   *
   * @param errorCode of a refusal, else empty
   * @param errorMessage of a refusal, else empty
   */
  public record Reply(int status, String errorCode, String errorMessage) {}

  /** What Azure answers who asks for a resource group. */
  public Reply readGroup(String name) {
    var url =
        "%s/subscriptions/%s/resourceGroups/%s?api-version=%s"
            .formatted(azure.armEndpoint(), azure.subscriptionId(), name, API_VERSION);
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token.getToken())
            .build();
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
      var response = client.send(request, BodyHandlers.ofString());
      var error = new ObjectMapper().readTree(response.body()).path("error");
      return new Reply(
          response.statusCode(), error.path("code").asText(), error.path("message").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("Azure did not answer the workload", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the workload read from Azure", e);
    }
  }
}
