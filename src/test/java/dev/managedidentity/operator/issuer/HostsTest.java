package dev.managedidentity.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "my.localhost",
        "kubernetes",
        "kubernetes.default.svc",
        "kubernetes.default.svc.",
        "kubernetes.default.svc.cluster.local",
        "Kubernetes.Default.Svc.Cluster.Local",
        "printer.local",
        "vm1.internal",
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "224.0.0.1",
        "[::]",
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]"
      })
  void theseAreKnownOnlyInside(String host) {
    assertThat(Hosts.whyPrivate(host)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "westeurope.oic.prod-aks.azure.com",
        "issuer.example",
        "local.example",
        "svc.example",
        "notlocal.example.com",
        "issuer.example.",
        "8.8.8.8",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "[2603:1030::1]"
      })
  void theseCanBePublic(String host) {
    assertThat(Hosts.whyPrivate(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "::1", "fd00::1"})
  void tellsAddressesByThemselves(String address) {
    assertThat(Hosts.isPrivate(InetAddress.ofLiteral(address))).isTrue();
  }
}
