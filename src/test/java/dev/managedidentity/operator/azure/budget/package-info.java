/** Tests of the budgets: arithmetic in a simulated time, and threads that wait. */
@NullMarked
package dev.managedidentity.operator.azure.budget;

import org.jspecify.annotations.NullMarked;
