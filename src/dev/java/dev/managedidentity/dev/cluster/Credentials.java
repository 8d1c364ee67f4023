package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.pki.CertificateAuthority;
import dev.managedidentity.dev.pki.Pem;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.List;

/** Makes every key and certificate that the servers of one control plane and its people need. */
final class Credentials {

  private final CertificateAuthority authority;
  private final Kubeconfig kubeconfig;

  private Credentials(CertificateAuthority authority, Kubeconfig kubeconfig) {
    this.authority = authority;
    this.kubeconfig = kubeconfig;
  }

  /** New credentials, written where the command lines of the servers look for them. */
  static Credentials writtenTo(RunFolder folder, Endpoints endpoints) {
    var authority = CertificateAuthority.create("local control plane " + endpoints.apiServerPort());
    var apiServer =
        authority.issueServer(
            "kube-apiserver",
            List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"),
            List.of(Endpoints.ADDRESS));
    folder.write(folder.authorityCertificate(), authority.certificatePem());
    folder.write(folder.apiServerCertificate(), apiServer.certificatePem());
    folder.write(folder.apiServerKey(), apiServer.keyPem());
    folder.write(folder.serviceAccountKey(), Pem.of(newServiceAccountKey()));
    var kubeconfig = new Kubeconfig(endpoints.apiServer(), authority.certificatePem());
    var credentials = new Credentials(authority, kubeconfig);
    folder.write(
        folder.adminKubeconfig(), credentials.kubeconfigOf("admin", List.of("system:masters")));
    folder.write(
        folder.kubeconfig(Binaries.CONTROLLER_MANAGER),
        credentials.kubeconfigOf("system:kube-controller-manager", List.of()));
    return credentials;
  }

  String authorityPem() {
    return authority.certificatePem();
  }

  Kubeconfig kubeconfig() {
    return kubeconfig;
  }

  /** The groups are those that the API server gives a service account that comes with a token. */
  String serviceAccountKubeconfig(String namespace, String name) {
    return kubeconfigOf(
        "system:serviceaccount:" + namespace + ":" + name,
        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace));
  }

  private String kubeconfigOf(String user, List<String> groups) {
    return kubeconfig.withCertificate(authority.issueClient(user, groups));
  }

  /** RSA, because Entra accepts no other signature on a federated token than RS256. */
  private static PrivateKey newServiceAccountKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }
}
