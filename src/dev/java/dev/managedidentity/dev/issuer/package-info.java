/**
 * Where issuers of tokens are published, as a website would publish them for a cluster that the
 * Internet cannot reach.
 *
 * <p>The local control plane signs tokens under the names that are served here, and the Azure
 * emulator fetches keys from here. This room knows certificates and the emulator's HTTP server,
 * neither the control plane nor Azure.
 */
@NullMarked
package dev.managedidentity.dev.issuer;

import org.jspecify.annotations.NullMarked;
