/**
 * The workloads of the cluster, as far as system-assigned identities are about them: which there
 * are, as which service account their pods run, which ask for an identity by annotation. Holds a
 * few words of each, never the whole object. Writes nothing but the ManagedIdentity that an
 * annotation asks for; Azure and bindings are none of its business.
 */
@NullMarked
package dev.managedidentity.operator.workload;

import org.jspecify.annotations.NullMarked;
