/**
 * The certificate under which the admission webhook is reached, from its making to its end: what is
 * stored ({@code Material}), what is due next ({@code RotationPlan}, pure), who does it ({@code
 * CertificateKeeper}, on the leader), and what every replica shows to the API server ({@code
 * ServingCertificate}).
 *
 * <p>An authority signs one certificate and its key is forgotten at once, so no key that could sign
 * is stored anywhere. A new certificate therefore comes with a new authority, in this order: stored
 * as the next one, its authority published, API servers given time to notice, then served; the old
 * authority is published until it expires, for a replica that still serves its certificate. Knows
 * nothing of Kubernetes: the store and the webhook configurations are ports. No key is ever logged.
 */
@NullMarked
package dev.managedidentity.operator.certificate;

import org.jspecify.annotations.NullMarked;
