/**
 * The programs that users run beside the operator, in versions that this project pins: what is
 * shipped for them is tested with them. Knows how they are started and nothing of what they are
 * asked.
 */
@NullMarked
package dev.managedidentity.dev.tools;

import org.jspecify.annotations.NullMarked;
