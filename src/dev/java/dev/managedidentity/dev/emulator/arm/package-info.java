/**
 * The emulated Azure Resource Manager: one pipeline for every request, and a class per resource
 * type.
 *
 * <p>{@link dev.managedidentity.dev.emulator.arm.ArmService} is the order in which Azure says no:
 * version, token, route, subscription, budget, role, lock, fault, and only then the resource's own
 * rules. The classes named after resources hold those rules and know nothing of the rest. Every
 * error is worded in one of the two catalogues, {@code ArmErrors} and {@code GatewayErrors}.
 */
@NullMarked
package dev.managedidentity.dev.emulator.arm;

import org.jspecify.annotations.NullMarked;
