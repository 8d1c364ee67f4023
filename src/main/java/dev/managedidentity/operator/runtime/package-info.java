/**
 * What keeps a running operator observable: probes, metrics, and what measures the other packages
 * from outside, so that none of them knows a metric. May know the ports of others ({@code azure},
 * the framework's), never a resource's package; decides nothing.
 */
@NullMarked
package dev.managedidentity.operator.runtime;

import org.jspecify.annotations.NullMarked;
