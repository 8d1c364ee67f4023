/**
 * Everything the operator needs, on this machine: a control plane with the CRDs and the rights that
 * ship, an Azure emulator that trusts its tokens, and the operator as a process of its own. The
 * demo, the tests and the benchmarks stand on it.
 */
@NullMarked
package dev.managedidentity.dev.rig;

import org.jspecify.annotations.NullMarked;
