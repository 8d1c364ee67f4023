package dev.managedidentity.dev.emulator;

import dev.managedidentity.dev.emulator.control.Seed;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * How an emulator starts.
 *
 * @param port 0 for any that is free
 * @param tenantId the one tenant
 * @param issuerAuthorities PEM texts of authorities that vouch for issuers of client assertions,
 *     besides those that the JDK trusts
 * @param clock what time it is, until the control endpoint puts it forward
 * @param seed what exists at the start and after a reset
 */
public record EmulatorOptions(
    int port, String tenantId, List<String> issuerAuthorities, Clock clock, Seed seed) {

  public EmulatorOptions {
    issuerAuthorities = List.copyOf(issuerAuthorities);
  }

  /**
   * Any port, fresh ids, one subscription with the resource group {@code platform}, and an operator
   * that has the roles an operator needs.
   */
  public static EmulatorOptions defaults() {
    return new EmulatorOptions(
        0, UUID.randomUUID().toString(), List.of(), Clock.systemUTC(), Seed.withFreshIds());
  }

  public EmulatorOptions withPort(int newPort) {
    return new EmulatorOptions(newPort, tenantId, issuerAuthorities, clock, seed);
  }

  public EmulatorOptions withTenantId(String newTenantId) {
    return new EmulatorOptions(port, newTenantId, issuerAuthorities, clock, seed);
  }

  public EmulatorOptions withIssuerAuthorities(List<String> pemTexts) {
    return new EmulatorOptions(port, tenantId, pemTexts, clock, seed);
  }

  public EmulatorOptions withClock(Clock newClock) {
    return new EmulatorOptions(port, tenantId, issuerAuthorities, newClock, seed);
  }

  public EmulatorOptions withSeed(Seed newSeed) {
    return new EmulatorOptions(port, tenantId, issuerAuthorities, clock, newSeed);
  }
}
