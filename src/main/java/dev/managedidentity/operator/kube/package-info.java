/**
 * What is written to Kubernetes besides the resources' own life: statuses, Events, annotations of
 * service accounts, bindings of system-assigned identities, the webhook's certificates; and how
 * that is known again. Exceptions of the client become {@link
 * dev.managedidentity.operator.plan.Problem} here. Decides nothing.
 */
@NullMarked
package dev.managedidentity.operator.kube;

import org.jspecify.annotations.NullMarked;
