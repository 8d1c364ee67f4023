/**
 * Tests of the values that cross the Azure port and of its decorators, with a gateway in memory.
 */
@NullMarked
package dev.managedidentity.operator.azure;

import org.jspecify.annotations.NullMarked;
