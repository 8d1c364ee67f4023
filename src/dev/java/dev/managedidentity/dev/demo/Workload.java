package dev.managedidentity.dev.demo;

import static java.util.Objects.requireNonNull;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.managedidentity.dev.emulator.AzureEmulator;
import dev.managedidentity.dev.pki.TrustedCertificates;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a pod of a service account sees: a token in a file, renewed by the kubelet, and the
 * environment that azure-workload-identity makes of the account's annotations.
 */
record Workload(ServiceAccount account, AzureEmulator azure) {
  /** Whom a service account's token must be meant for to be exchanged. */
  static final String AUDIENCE = "api://AzureADTokenExchange";

  private static final String ANNOTATIONS = "azure.workload.identity/";

  String clientId() {
    return annotation("client-id");
  }

  String tenantId() {
    return annotation("tenant-id");
  }

  /** What Azure must find in the token: whom it is for. */
  String subject() {
    var metadata = account.getMetadata();
    return "system:serviceaccount:" + metadata.getNamespace() + ":" + metadata.getName();
  }

  /** Does the kubelet's part: asks the API server for a token and writes it to a file. */
  Path writeToken(KubernetesClient kubelet, Path folder) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(AUDIENCE)
            .withExpirationSeconds(Long.valueOf(annotation("service-account-token-expiration")))
            .endSpec()
            .build();
    var metadata = account.getMetadata();
    var reply =
        kubelet
            .serviceAccounts()
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .tokenRequest(request);
    try {
      return Files.writeString(
          folder.resolve("azure-identity-token"), reply.getStatus().getToken());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does the pod's part, with the library that pods use: exchanges the token at Entra ID. */
  AccessToken signIn(Path tokenFile) {
    var tls = TrustedCertificates.ofPem(azure.caPem()).clientContext();
    var http =
        new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(tls)).build();
    var credential =
        new WorkloadIdentityCredentialBuilder()
            .clientId(clientId())
            .tenantId(tenantId())
            .tokenFilePath(tokenFile.toString())
            .authorityHost(azure.authorityHost())
            .disableInstanceDiscovery() // a host that the real Entra ID has never heard of
            .httpClient(http)
            .build();
    return credential.getTokenSync(
        new TokenRequestContext().addScopes(azure.armEndpoint() + "/.default"));
  }

  private String annotation(String name) {
    return requireNonNull(
        account.getMetadata().getAnnotations().get(ANNOTATIONS + name),
        "The service account has no annotation " + ANNOTATIONS + name);
  }
}
