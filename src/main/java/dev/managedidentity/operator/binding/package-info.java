/**
 * Everything for {@code IdentityBinding}, in the order in which one pass reads: {@link
 * dev.managedidentity.operator.binding.IdentityBindingReconciler} wires it; the observer reads
 * facts once and asks whether the binding may use its identity; the planner decides, purely; the
 * applier is the only one that writes; the status factory says how the resource stands, purely.
 * Planner and applier each have two helpers: one for service accounts and their credentials, one
 * for Azure resources and their assignments.
 *
 * <p>The name of a federated credential or an assignment is saved in the status before it is
 * written. Must never meet {@code identity} but through the shared packages.
 */
@NullMarked
package dev.managedidentity.operator.binding;

import org.jspecify.annotations.NullMarked;
