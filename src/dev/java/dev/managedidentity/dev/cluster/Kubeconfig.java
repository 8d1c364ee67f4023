package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.pki.Issued;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the files with which kubectl and other clients reach one control plane. */
record Kubeconfig(String server, String authorityPem) {

  /** Signs in with a client certificate. */
  String withCertificate(Issued client) {
    return text(
        "default",
        "client-certificate-data: %s, client-key-data: %s"
            .formatted(base64(client.certificatePem()), base64(client.keyPem())));
  }

  /** Signs in with a token and works in one namespace. */
  String withToken(String namespace, String token) {
    return text(namespace, "token: " + token);
  }

  private String text(String namespace, String user) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
      - name: local
        cluster: {server: "%s", certificate-authority-data: %s}
    users:
      - name: user
        user: {%s}
    contexts:
      - name: local
        context: {cluster: local, user: user, namespace: %s}
    current-context: local
    """
        .formatted(server, base64(authorityPem), user, namespace);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
