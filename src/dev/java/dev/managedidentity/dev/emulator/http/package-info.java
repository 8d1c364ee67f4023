/**
 * HTTPS as the emulator sees it: a request in, an answer out, both immutable.
 *
 * <p>The only room that touches the JDK's server. What may enter: the wire, JSON and nothing that
 * knows Azure. An answer may also be none at all, because a cut connection is something a client
 * must survive.
 */
@NullMarked
package dev.managedidentity.dev.emulator.http;

import org.jspecify.annotations.NullMarked;
