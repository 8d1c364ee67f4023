/** Names, tags and consent: pure functions, tried as tables. */
@NullMarked
package dev.managedidentity.operator.ownership;

import org.jspecify.annotations.NullMarked;
