/**
 * The adapter between our port and Azure Resource Manager: the only room where the Azure SDK may
 * enter. It takes the SDK's credentials, authentication, HTTP pipeline and wire models; it sends
 * requests itself, synchronously, one per method of the port, because the SDK's clients block on
 * reactive chains, make calls of their own (provider registration, retries) and cannot send an
 * identity's isolation scope. Exceptions end here: what comes out is an {@link
 * dev.managedidentity.operator.azure.Answer}. Tokens are never logged.
 */
@NullMarked
package dev.managedidentity.operator.azure.arm;

import org.jspecify.annotations.NullMarked;
