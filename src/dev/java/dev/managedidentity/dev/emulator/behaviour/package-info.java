/**
 * How the emulated cloud behaves beside its rules: slowness, propagation, budgets, locks, faults.
 *
 * <p>Everything here is off at the start and set by the control endpoint or a test. Each class
 * answers one question ("how long does this take?", "does this fail?") and knows operations by
 * name, never a resource.
 */
@NullMarked
package dev.managedidentity.dev.emulator.behaviour;

import org.jspecify.annotations.NullMarked;
