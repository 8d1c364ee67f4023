package dev.managedidentity.operator.issuer;

import java.net.InetAddress;
import java.util.List;

/** Fetches what issuers publish, as Entra does: over HTTPS, without signing in. */
interface Web {
  /** What is at an https address. */
  Fetched fetch(String address);

  /** The addresses of a host by its name; none when it has none here. */
  List<InetAddress> addresses(String host);

  /** What came back. */
  sealed interface Fetched {
    /** A document. */
    record Document(String text) implements Fetched {}

    /**
     * No document.
     *
     * @param why as the rest of a sentence that begins with the address
     */
    record Failed(String why) implements Fetched {}
  }
}
