package dev.managedidentity.operator.ownership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Names of Azure objects, derived so that the same resource always gets the same name and no other
 * resource, of this cluster or another, ever gets it.
 */
public final class DerivedNames {
  /** 48 bits: a collision among 10,000 resources has a chance of about one in 5 million. */
  private static final int DIGEST_LENGTH = 12;

  private static final int IDENTITY_LENGTH = 128;
  private static final int CREDENTIAL_LENGTH = 120;

  private DerivedNames() {}

  /** Name of an identity: readable, at most 128 letters, digits and '-'. */
  public static String identity(Owner owner) {
    return identity(owner, owner.name());
  }

  /** The same, readable by another name: that of the workload which owns the identity. */
  public static String identity(Owner owner, String name) {
    var digest = digest(owner.cluster(), owner.namespace(), owner.name());
    return named(owner.namespace() + "-" + name, digest, IDENTITY_LENGTH);
  }

  /**
   * Name of a federated credential: at most 120 letters, digits and '-'. The issuer is part of it,
   * so that a new issuer gets a new credential before the old one goes.
   */
  public static String credential(
      String cluster, String namespace, String binding, String issuer, String subject) {
    var digest = digest(cluster, namespace, binding, issuer, subject);
    return named(namespace + "-" + binding, digest, CREDENTIAL_LENGTH);
  }

  /**
   * GUID of a role assignment. The principal is part of it because Azure refuses to reuse a GUID
   * for another principal (RoleAssignmentUpdateNotPermitted), the cluster because two clusters may
   * grant the same.
   */
  public static String roleAssignment(
      String cluster, String scope, String principalId, String roleDefinitionId) {
    var role = roleDefinitionId.substring(roleDefinitionId.lastIndexOf('/') + 1);
    var bytes = sha256(cluster, lower(scope), lower(principalId), lower(role));
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x80); // RFC 9562: version 8, a hash of our own
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    var hex = HexFormat.of();
    return UUID.fromString(
            "%s-%s-%s-%s-%s"
                .formatted(
                    hex.formatHex(bytes, 0, 4),
                    hex.formatHex(bytes, 4, 6),
                    hex.formatHex(bytes, 6, 8),
                    hex.formatHex(bytes, 8, 10),
                    hex.formatHex(bytes, 10, 16)))
        .toString();
  }

  /** A short digest of any number of parts, none of which can be mistaken for its neighbour's. */
  public static String digest(String... parts) {
    return HexFormat.of().formatHex(sha256(parts)).substring(0, DIGEST_LENGTH);
  }

  private static String named(String readable, String digest, int length) {
    var plain = readable.replace('.', '-');
    var room = length - digest.length() - 1;
    return (plain.length() > room ? plain.substring(0, room) : plain) + "-" + digest;
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static byte[] sha256(String... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
