/**
 * What the emulator remembers of the requests it got: the request log, the counters, the Activity
 * log.
 *
 * <p>Only written to by the services and read by the control endpoint. Bodies, tokens and secrets
 * never enter.
 */
@NullMarked
package dev.managedidentity.dev.emulator.journal;

import org.jspecify.annotations.NullMarked;
