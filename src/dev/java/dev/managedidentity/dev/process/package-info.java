/**
 * Child processes that end with this JVM, whatever ends it, and what they printed, and ports for
 * them. Knows nothing of what it starts.
 */
@NullMarked
package dev.managedidentity.dev.process;

import org.jspecify.annotations.NullMarked;
