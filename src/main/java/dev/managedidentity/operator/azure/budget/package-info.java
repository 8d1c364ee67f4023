/**
 * How many calls Azure may be sent, and in which order: a budget for each subscription and each of
 * Azure's limits, which learns from the answers how fast it may go. Knows nothing of what a call is
 * about, sends none and reads no header; the adapter tells it what it must know. {@code Pace} is
 * arithmetic without a clock.
 */
@NullMarked
package dev.managedidentity.operator.azure.budget;

import org.jspecify.annotations.NullMarked;
