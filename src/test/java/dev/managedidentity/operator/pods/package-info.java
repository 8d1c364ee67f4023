@NullMarked
package dev.managedidentity.operator.pods;

import org.jspecify.annotations.NullMarked;
