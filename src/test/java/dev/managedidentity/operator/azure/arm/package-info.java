/**
 * Tests of the adapter to Azure Resource Manager: what it sends, against an HTTP client in memory;
 * what failures mean, from recorded replies; and the whole of it against the emulator.
 */
@NullMarked
package dev.managedidentity.operator.azure.arm;

import org.jspecify.annotations.NullMarked;
