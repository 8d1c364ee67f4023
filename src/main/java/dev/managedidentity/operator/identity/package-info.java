/**
 * Everything for {@code ManagedIdentity}, in the order in which one pass reads: {@link
 * dev.managedidentity.operator.identity.ManagedIdentityReconciler} wires it; the observer reads
 * facts once; the planner decides, purely; the applier is the only one that writes; the status
 * factory says how the resource stands, purely.
 *
 * <p>The names of Azure objects are saved in the status before the objects are written. So a killed
 * operator finds in the status all that may exist, and nothing is orphaned. Must never meet {@code
 * binding} but through the shared packages.
 */
@NullMarked
package dev.managedidentity.operator.identity;

import org.jspecify.annotations.NullMarked;
