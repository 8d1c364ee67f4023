/**
 * What is said of ManagedIdentities and IdentityBindings before they are stored: that they could
 * never work as they stand, or that a change would leave something behind in Azure. The rules are
 * those of the reconcilers, which hand them in as a {@link
 * dev.managedidentity.operator.review.Judge}; here is only what all kinds have in common. Answers
 * from memory and changes nothing.
 */
@NullMarked
package dev.managedidentity.operator.review;

import org.jspecify.annotations.NullMarked;
