/**
 * Whose tokens Microsoft Entra ID is asked to trust: the cluster's issuer as it is now, and whether
 * Entra can do with an issuer what it must, found out by doing the same. What is judged is pure;
 * {@link dev.managedidentity.operator.issuer.Web} is the only way out to what issuers publish, and
 * what the API server says comes in as functions. Nothing here knows bindings, Azure or the
 * Kubernetes client, and no token passes through.
 */
@NullMarked
package dev.managedidentity.operator.issuer;

import org.jspecify.annotations.NullMarked;
