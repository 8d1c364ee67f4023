/**
 * The words that both resources share when they decide and report: why something is so ({@link
 * dev.managedidentity.operator.plan.Reason}), what went wrong ({@link
 * dev.managedidentity.operator.plan.Problem}), when to look again, and how that becomes conditions.
 * Pure: no client, no clock, no logger; time is an argument.
 */
@NullMarked
package dev.managedidentity.operator.plan;

import org.jspecify.annotations.NullMarked;
