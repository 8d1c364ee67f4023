/**
 * Programs that this project builds itself, from Go modules that pin every source by its hash, and
 * keeps in the user's cache.
 *
 * <p>{@link dev.managedidentity.dev.programs.ProgramCache} is the door. A room says which programs
 * it needs as {@link dev.managedidentity.dev.programs.Programs}; what they do is not known here.
 */
@NullMarked
package dev.managedidentity.dev.programs;

import org.jspecify.annotations.NullMarked;
