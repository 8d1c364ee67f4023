/** Tests of the configuration: what is read, what is refused and in which words. */
@NullMarked
package dev.managedidentity.operator.settings;

import org.jspecify.annotations.NullMarked;
