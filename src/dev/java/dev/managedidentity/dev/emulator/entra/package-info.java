/**
 * The emulated Microsoft Entra ID: discovery, keys and the token endpoint.
 *
 * <p>It trusts nobody on their word. A client assertion is matched against the federated
 * credentials first, then the issuer's keys are fetched over HTTPS, then signature and times are
 * checked, and each refusal carries the code that Entra answers. What may enter: OAuth and JWT;
 * Azure Resource Manager asks this room only whom a bearer token belongs to.
 */
@NullMarked
package dev.managedidentity.dev.emulator.entra;

import org.jspecify.annotations.NullMarked;
