/**
 * What tests against a real API server share: one control plane for the whole run, and for each
 * test a namespace of its own and users with just the rights that the test gives them.
 *
 * <p>A test class asks for it with {@link dev.managedidentity.operator.apiserver.UsesControlPlane}.
 * Nothing here knows what is tested; tests of the operator never act as the administrator, except
 * to prepare what a cluster would have.
 */
@NullMarked
package dev.managedidentity.operator.apiserver;

import org.jspecify.annotations.NullMarked;
