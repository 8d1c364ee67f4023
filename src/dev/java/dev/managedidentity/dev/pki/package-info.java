/**
 * A certificate authority in memory, for servers and clients on this machine.
 *
 * <p>The local control plane and the Azure emulator speak TLS as the real services do, so each
 * makes an authority of its own and hands out its certificate for others to trust. Keys are
 * throw-away: nothing here may be used outside development. This room depends on BouncyCastle and
 * the JDK only.
 */
@NullMarked
package dev.managedidentity.dev.pki;

import org.jspecify.annotations.NullMarked;
