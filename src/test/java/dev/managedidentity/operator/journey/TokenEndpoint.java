package dev.managedidentity.operator.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.pki.TrustedCertificates;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Entra as the SDKs in pods know it: a service account's token for one of Azure. */
record TokenEndpoint(AzureEmulator azure, HttpClient client) implements AutoCloseable {
  static final String AUDIENCE = "api://AzureADTokenExchange";

  static TokenEndpoint of(AzureEmulator azure) {
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    return new TokenEndpoint(azure, HttpClient.newBuilder().sslContext(tls).build());
  }

  /** A token as the kubelet gets it for a pod. */
  static String token(KubernetesClient kubectl, String namespace, String account, String audience) {
    var request = new TokenRequestBuilder().withNewSpec().withAudiences(audience).endSpec().build();
    return kubectl
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  /** Status and body of the answer to a client assertion. */
  String exchange(String clientId, String assertion) {
    var form =
        "grant_type=client_credentials&client_id=%s&scope=%s&client_assertion_type=%s&client_assertion=%s"
            .formatted(
                clientId,
                encoded(azure.armEndpoint() + "/.default"),
                encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                encoded(assertion));
    var request =
        HttpRequest.newBuilder(
                URI.create(azure.authorityHost() + azure.tenantId() + "/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
