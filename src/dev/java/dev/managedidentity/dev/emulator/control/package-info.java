/**
 * What tests, demos and benchmarks may turn and look at: {@link
 * dev.managedidentity.dev.emulator.control.EmulatorControl} from Java, the control endpoint over
 * HTTPS; both can do the same.
 *
 * <p>Changes made here are out of band: they need no token, meet no rule of Azure and leave no
 * entry in any log, as the hand of somebody else would.
 */
@NullMarked
package dev.managedidentity.dev.emulator.control;

import org.jspecify.annotations.NullMarked;
