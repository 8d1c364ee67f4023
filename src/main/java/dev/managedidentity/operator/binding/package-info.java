/**
 * Everything for {@code IdentityBinding}, in the order in which one pass reads: {@link
 * dev.managedidentity.operator.binding.IdentityBindingReconciler} wires it; the observer reads
 * facts once; the planner decides, purely; the applier is the only one that writes; the status
 * factory says how the resource stands, purely.
 *
 * <p>The name of a federated credential is saved in the status before the credential is written.
 * Must never meet {@code identity} but through the shared packages.
 */
@NullMarked
package dev.managedidentity.operator.binding;

import org.jspecify.annotations.NullMarked;
