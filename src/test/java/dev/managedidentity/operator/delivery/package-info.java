/**
 * What ships besides the program: the Helm chart, the manifest, the image, examples, alerts. Each
 * test uses them as their users do, with the tools that these use.
 */
@NullMarked
package dev.managedidentity.operator.delivery;

import org.jspecify.annotations.NullMarked;
