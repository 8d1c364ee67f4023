/**
 * Which of several replicas works, and how it is kept from writing once another may. What it works
 * at is no business of this room.
 */
@NullMarked
package dev.managedidentity.operator.leadership;

import org.jspecify.annotations.NullMarked;
