package dev.managedidentity.operator.certificate;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that this replica shows to clients: the newest it was given, from the next
 * handshake on. Before the first, handshakes fail.
 */
public final class ServingCertificate extends X509ExtendedKeyManager {
  private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);

  /** A handshake asks for alias, key and chain one by one: the former must outlive the change. */
  private static final int REMEMBERED = 2;

  /** Newest first. */
  private volatile List<KeyedCertificate> shown = List.of();

  /** Shows this from now on. */
  public synchronized void show(KeyedCertificate certificate) {
    if (current().filter(certificate::equals).isEmpty()) {
      shown = Stream.concat(Stream.of(certificate), shown.stream()).limit(REMEMBERED).toList();
      LOG.info("The webhook shows {}", certificate);
    }
  }

  /** Shows what is stored; what is unreadable is told, and nothing changes. */
  public void showStored(Map<String, String> entries) {
    try {
      show(Material.ofEntries(entries).serving());
    } catch (IllegalArgumentException e) {
      LOG.warn("The webhook's stored certificate cannot be shown. {}", e.getMessage());
    }
  }

  /** Whether there is a certificate that clients accept now. */
  public boolean isValidAt(Instant now) {
    return current().filter(certificate -> certificate.isValidAt(now)).isPresent();
  }

  /** For a server that shows this certificate and asks clients for none. */
  public SSLContext tls() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no TLS", e);
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return current()
        .filter(certificate -> certificate.key().getAlgorithm().equals(keyType))
        .map(ServingCertificate::alias)
        .orElse(null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return of(alias)
        .map(certificate -> certificate.chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return of(alias).map(KeyedCertificate::key).orElse(null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    var alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  /** A server is no client. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  /** A server is no client. */
  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  private Optional<KeyedCertificate> current() {
    return shown.stream().findFirst();
  }

  private Optional<KeyedCertificate> of(String alias) {
    return shown.stream().filter(one -> alias(one).equals(alias)).findFirst();
  }

  private static String alias(KeyedCertificate certificate) {
    return certificate.certificate().getSerialNumber().toString(16);
  }
}
