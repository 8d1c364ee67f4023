/**
 * Measurements of the operator as its users run it: a process of its own, a real API server, the
 * Azure emulator. Each prints what it measured; none asserts anything. May use every other room of
 * dev.
 */
@NullMarked
package dev.managedidentity.dev.bench;

import org.jspecify.annotations.NullMarked;
