/**
 * Azure in our own words: the port through which everything else speaks to it, and the values that
 * cross it. No Azure SDK here: the adapter lives in {@code azure.arm}. Every answer is a value,
 * also a failure; no exception crosses the port.
 */
@NullMarked
package dev.managedidentity.operator.azure;

import org.jspecify.annotations.NullMarked;
