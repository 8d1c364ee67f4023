/**
 * Finds out by trying whether a binding works: a token of the subject is exchanged at Microsoft
 * Entra ID as a pod would, and with what comes back Azure is asked what the identity may do. Tokens
 * live in local variables of one method and enter no value of this package. Changes nothing.
 */
@NullMarked
package dev.managedidentity.operator.proof;

import org.jspecify.annotations.NullMarked;
