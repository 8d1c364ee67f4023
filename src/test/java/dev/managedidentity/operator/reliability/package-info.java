/**
 * What the operator keeps to when it is killed: its promises hold after every restart. The operator
 * runs as a process of its own from the jar that ships, on a control plane and an emulator that
 * belong to the test alone.
 */
@NullMarked
package dev.managedidentity.operator.reliability;

import org.jspecify.annotations.NullMarked;
