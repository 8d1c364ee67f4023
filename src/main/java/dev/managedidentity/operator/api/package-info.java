/**
 * The two custom resources as immutable records: the API group {@code managedidentity.dev}. The
 * CRDs in {@code crds/} are generated from these types, so a rule that the API server can check is
 * written here and nowhere else. Depends on nothing of ours; holds no behaviour beyond defaults.
 */
@NullMarked
package dev.managedidentity.operator.api;

import org.jspecify.annotations.NullMarked;
