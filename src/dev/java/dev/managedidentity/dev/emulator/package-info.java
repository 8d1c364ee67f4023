/**
 * The Azure emulator: Azure Resource Manager and Microsoft Entra ID for managed identities, in one
 * process, in memory, over HTTPS with an authority of its own.
 *
 * <p>{@link dev.managedidentity.dev.emulator.AzureEmulator} is the library, {@code EmulatorMain}
 * the program. Rooms: {@code http} the wire, {@code model} what exists, {@code behaviour} delays
 * and faults, {@code journal} what is remembered, {@code entra} and {@code arm} the two services,
 * {@code control} what tests and demos may turn. It is strict where Azure is strict, so that a
 * client which works here does not meet its first refusal in Azure. It is development code and
 * never part of the product.
 */
@NullMarked
package dev.managedidentity.dev.emulator;

import org.jspecify.annotations.NullMarked;
