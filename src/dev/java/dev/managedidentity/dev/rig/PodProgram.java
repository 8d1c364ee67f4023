package dev.managedidentity.dev.rig;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.pki.TrustedCertificates;
import dev.managedidentity.dev.rig.Kubelet.StartedContainer;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;

/** A program in a container that knows of Azure what its environment says, and nothing else. */
public record PodProgram(StartedContainer container, AzureEmulator azure) {
  private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

  /** Signs in as programs do by default. */
  public AccessToken signIn() {
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    return new DefaultAzureCredentialBuilder()
        .configuration(configuration())
        .disableInstanceDiscovery() // a host that the real Entra ID has never heard of
        .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(tls)).build())
        .build()
        .getTokenSync(new TokenRequestContext().addScopes(azure.armEndpoint() + "/.default"));
  }

  /** The container's file system is not this process's. */
  private Configuration configuration() {
    var environment = new HashMap<>(container.environment());
    environment.computeIfPresent(TOKEN_FILE, (_, path) -> container.file(path).toString());
    return new ConfigurationBuilder(_ -> Map.of(), _ -> Map.of(), _ -> environment).build();
  }
}
