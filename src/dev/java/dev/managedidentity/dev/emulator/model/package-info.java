/**
 * What exists in the emulated cloud: immutable records, and one store that holds them.
 *
 * <p>Ids and names compare without case and keep the case of their first writing, as in Azure. What
 * may enter: facts about resources and the rules that keep them consistent with each other (an
 * identity takes its credentials and its principal along). Requests, replies and errors stay
 * outside.
 */
@NullMarked
package dev.managedidentity.dev.emulator.model;

import org.jspecify.annotations.NullMarked;
