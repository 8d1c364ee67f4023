/**
 * The rules of the house as tests: which package may know which, what must stay pure, how long a
 * file may be. Each rule says why; a rule that is in the way is changed here, in the open.
 */
@NullMarked
package dev.managedidentity.operator.architecture;

import org.jspecify.annotations.NullMarked;
