/** Tests that regenerate what is generated and compare; each names the command that mends it. */
@NullMarked
package dev.managedidentity.operator.drift;

import org.jspecify.annotations.NullMarked;
