/**
 * A real Kubernetes control plane on this machine: etcd, kube-apiserver and
 * kube-controller-manager.
 *
 * <p>The demo, the tests and the benchmarks run against it, so it behaves as a cluster does: RBAC,
 * admission, garbage collection, namespace deletion, and a service account issuer whose keys anyone
 * can fetch. {@link dev.managedidentity.dev.cluster.ControlPlane} is the door; the binaries come
 * from {@code KUBEBUILDER_ASSETS}, from the user's cache, or from a Go build of the module pinned
 * in {@code src/dev/cluster}. Many can run side by side, and none outlives the JVM that started it.
 * This room knows certificates, processes and the Kubernetes client; it knows neither Azure nor the
 * operator.
 */
@NullMarked
package dev.managedidentity.dev.cluster;

import org.jspecify.annotations.NullMarked;
