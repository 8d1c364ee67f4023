/**
 * Programs of the build itself: they write what is generated and check what is formatted. Each is a
 * plain {@code main} that a Makefile target runs and a pure function that a drift test calls.
 */
@NullMarked
package dev.managedidentity.dev.build;

import org.jspecify.annotations.NullMarked;
