/**
 * The operator's entry point. {@code OperatorMain} is the only place that builds objects and wires
 * them together; everything else lives in the packages below.
 */
@NullMarked
package dev.managedidentity.operator;

import org.jspecify.annotations.NullMarked;
