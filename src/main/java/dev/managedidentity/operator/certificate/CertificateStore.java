package dev.managedidentity.operator.certificate;

import java.util.Map;
import java.util.Optional;

/** Where the certificates are kept for all replicas; never overwrites what it was not told of. */
public interface CertificateStore {

  /** What is stored now; empty before the first time. */
  Optional<Stored> read();

  /**
   * Makes these the stored entries, and no others.
   *
   * @param version of what is replaced; empty when nothing is stored
   * @return false, and nothing is changed, when something else is stored by now
   */
  boolean write(Map<String, String> entries, Optional<String> version);

  /**
   * Entries as they are stored, readable or not.
   *
   * @param version changes with every write
   * @param entries with private keys among them
   */
  record Stored(String version, Map<String, String> entries) {
    public Stored {
      entries = Map.copyOf(entries);
    }

    /** Without the entries: there are keys among them. */
    @Override
    public String toString() {
      return "Stored[" + version + "]";
    }
  }
}
