/**
 * Pods that use workload identity: what is added to one when it is created, when it may start, and
 * which of those that run have settings of the past. Names, paths and variables are those of
 * azure-workload-identity, whose webhook may be in the cluster too: what it has set stays, and what
 * is set here is what it would leave alone. Nothing here calls Azure.
 */
@NullMarked
package dev.managedidentity.operator.pods;

import org.jspecify.annotations.NullMarked;
