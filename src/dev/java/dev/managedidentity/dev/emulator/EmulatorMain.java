package dev.managedidentity.dev.emulator;

import dev.managedidentity.dev.emulator.http.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The emulator as a program: prints one JSON line with its addresses and runs until it is stopped.
 *
 * <p>{@code ISSUER_CA} names PEM files whose authorities vouch for issuers of client assertions,
 * separated as in {@code PATH}; {@code EMULATOR_PORT} a fixed port.
 */
public final class EmulatorMain {
  private EmulatorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      var emulator = AzureEmulator.start(options(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
      System.out.println(description(emulator));
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** The options that an environment asks for. */
  static EmulatorOptions options(Map<String, String> environment) {
    var files = environment.getOrDefault("ISSUER_CA", "");
    return EmulatorOptions.defaults()
        .withPort(port(environment.getOrDefault("EMULATOR_PORT", "0")))
        .withIssuerAuthorities(
            Arrays.stream(files.split(File.pathSeparator, -1))
                .filter(file -> !file.isBlank())
                .map(EmulatorMain::pem)
                .toList());
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("EMULATOR_PORT is no number: " + text, e);
    }
  }

  private static String pem(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "ISSUER_CA names a file that cannot be read: " + file + " (" + e + ")", e);
    }
  }

  /** One line of JSON: everything that a client needs. */
  static String description(AzureEmulator emulator) {
    var fields =
        List.of(
            Map.entry("armEndpoint", emulator.armEndpoint()),
            Map.entry("authorityHost", emulator.authorityHost()),
            Map.entry("caFile", emulator.caFile().toString()),
            Map.entry("tenantId", emulator.tenantId()),
            Map.entry("subscriptionId", emulator.subscriptionId()),
            Map.entry("clientId", emulator.clientId()),
            Map.entry("clientSecret", emulator.clientSecret()),
            Map.entry("controlEndpoint", emulator.controlEndpoint()));
    var line = Json.object();
    fields.forEach(field -> line.put(field.getKey(), field.getValue()));
    return line.toString();
  }
}
