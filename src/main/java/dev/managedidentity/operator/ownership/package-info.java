/**
 * Whose is it? Names, tags and ids that carry the cluster, so that two clusters never touch each
 * other's objects, and consent between namespaces. Pure functions: format, parse, compare.
 */
@NullMarked
package dev.managedidentity.operator.ownership;

import org.jspecify.annotations.NullMarked;
