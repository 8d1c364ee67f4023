/** What the API types promise: defaults, round trips, and the CRDs that are generated from them. */
@NullMarked
package dev.managedidentity.operator.api;

import org.jspecify.annotations.NullMarked;
