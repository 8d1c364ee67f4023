package dev.managedidentity.operator.journey;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.dev.rig.Kubelet.StartedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** A program in a container that knows of Azure what its environment says, and nothing else. */
record PodProgram(StartedContainer container, AzureEmulator azure) {
  private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

  /** Signs in as programs do by default, and reads a resource group; the status of the answer. */
  int readGroup(String name) {
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    try (var http = HttpClient.newBuilder().sslContext(tls).build()) {
      var token =
          new DefaultAzureCredentialBuilder()
              .configuration(configuration())
              .disableInstanceDiscovery() // a host that the real Entra ID has never heard of
              .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(tls)).build())
              .build()
              .getTokenSync(new TokenRequestContext().addScopes(azure.armEndpoint() + "/.default"));
      var request =
          HttpRequest.newBuilder(
                  URI.create(
                      "%s/subscriptions/%s/resourceGroups/%s?api-version=2021-04-01"
                          .formatted(azure.armEndpoint(), azure.subscriptionId(), name)))
              .header("Authorization", "Bearer " + token.getToken())
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The container's file system is not this process's. */
  private Configuration configuration() {
    var environment = new HashMap<>(container.environment());
    environment.computeIfPresent(TOKEN_FILE, (_, path) -> container.file(path).toString());
    return new ConfigurationBuilder(_ -> Map.of(), _ -> Map.of(), _ -> environment).build();
  }
}
