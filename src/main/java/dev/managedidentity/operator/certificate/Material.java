package dev.managedidentity.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is stored: all that a replica serves and clients trust.
 *
 * @param serving what every replica shows
 * @param next what it will show once clients trust it
 * @param bundle the authorities that clients must trust, oldest first; holds those of both
 */
public record Material(
    KeyedCertificate serving, Optional<KeyedCertificate> next, List<X509Certificate> bundle) {
  /** The names that Kubernetes gives the entries of a TLS secret. */
  static final String CERTIFICATE = "tls.crt";

  static final String KEY = "tls.key";
  private static final String BUNDLE = "ca.crt";
  private static final String NEXT_CERTIFICATE = "next.crt";
  private static final String NEXT_KEY = "next.key";

  public Material {
    bundle = List.copyOf(bundle);
    if (!isTrusted(serving, bundle) || (next.isPresent() && !isTrusted(next.get(), bundle))) {
      throw new IllegalArgumentException("A certificate is of no authority of the bundle");
    }
  }

  /** The first of all. */
  static Material first(OneTimeAuthority.Issued issued) {
    return new Material(issued.server(), Optional.empty(), List.of(issued.authority()));
  }

  /**
   * What was stored as these entries.
   *
   * @throws IllegalArgumentException that says which entry is unreadable, and nothing of a key
   */
  public static Material ofEntries(Map<String, String> entries) {
    var isNext = entries.containsKey(NEXT_CERTIFICATE) || entries.containsKey(NEXT_KEY);
    return new Material(
        keyed(entries, CERTIFICATE, KEY),
        isNext ? Optional.of(keyed(entries, NEXT_CERTIFICATE, NEXT_KEY)) : Optional.empty(),
        read(BUNDLE, () -> Pem.certificates(entry(entries, BUNDLE))));
  }

  /** All of it, to be stored; with the private keys. */
  Map<String, String> entries() {
    var entries = new HashMap<String, String>();
    entries.put(CERTIFICATE, Pem.of(serving.chain()));
    entries.put(KEY, Pem.of(serving.key()));
    entries.put(BUNDLE, bundlePem());
    next.ifPresent(
        one -> {
          entries.put(NEXT_CERTIFICATE, Pem.of(one.chain()));
          entries.put(NEXT_KEY, Pem.of(one.key()));
        });
    return Map.copyOf(entries);
  }

  /** The bundle as clients read it. */
  public String bundlePem() {
    return Pem.of(bundle);
  }

  /** The same with a certificate to come, of which clients learn before it is served. */
  Material prepared(OneTimeAuthority.Issued issued) {
    var both = Stream.concat(bundle.stream(), Stream.of(issued.authority())).toList();
    return new Material(serving, Optional.of(issued.server()), both);
  }

  /** The same with the next certificate served; the authority before it stays in the bundle. */
  Material switched() {
    return new Material(next.orElseThrow(), Optional.empty(), bundle);
  }

  /** The same without authorities under which nobody can serve any more. */
  Material withoutExpired(Instant now) {
    return new Material(
        serving, next, bundle.stream().filter(one -> !isExpired(one, now)).toList());
  }

  /** Whether there is an authority under which nobody can serve any more. */
  boolean hasExpired(Instant now) {
    return bundle.stream().anyMatch(one -> isExpired(one, now));
  }

  private static boolean isExpired(X509Certificate authority, Instant now) {
    return !now.isBefore(authority.getNotAfter().toInstant());
  }

  private static boolean isTrusted(KeyedCertificate keyed, List<X509Certificate> bundle) {
    return bundle.stream().anyMatch(authority -> isSigned(keyed.certificate(), authority));
  }

  private static boolean isSigned(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static KeyedCertificate keyed(
      Map<String, String> entries, String certificate, String key) {
    var certificates = read(certificate, () -> Pem.certificates(entry(entries, certificate)));
    var privateKey = read(key, () -> Pem.key(entry(entries, key)));
    return read(key, () -> new KeyedCertificate(privateKey, certificates));
  }

  private static String entry(Map<String, String> entries, String name) {
    return Optional.ofNullable(entries.get(name))
        .orElseThrow(() -> new IllegalArgumentException("is missing"));
  }

  private static <T> T read(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Entry %s: %s.".formatted(name, e.getMessage()), e);
    }
  }
}
