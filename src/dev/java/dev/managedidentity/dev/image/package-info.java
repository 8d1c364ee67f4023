/**
 * Makes the container image: a linked Java runtime, the operator's jar with its libraries, and the
 * AOT cache of a training run, in layers that a daemon need not help with. What users run is
 * decided here; nothing of the operator is known but how its process is started.
 */
@NullMarked
package dev.managedidentity.dev.image;

import org.jspecify.annotations.NullMarked;
