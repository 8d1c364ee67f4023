package dev.managedidentity.operator.inventory;

import java.time.Duration;

/**
 * How often each kind of object is listed at least.
 *
 * @param settling how long after a write Azure's lists may still lag behind it
 */
public record Intervals(
    Duration identities,
    Duration credentials,
    Duration roleAssignments,
    Duration resources,
    Duration settling) {}
