package dev.managedidentity.dev.emulator;

import dev.managedidentity.dev.emulator.arm.ArmService;
import dev.managedidentity.dev.emulator.arm.MetadataEndpoint;
import dev.managedidentity.dev.emulator.behaviour.Behaviour;
import dev.managedidentity.dev.emulator.control.ControlEndpoint;
import dev.managedidentity.dev.emulator.control.EmulatorControl;
import dev.managedidentity.dev.emulator.entra.AccessTokens;
import dev.managedidentity.dev.emulator.entra.EntraService;
import dev.managedidentity.dev.emulator.entra.IssuerTrust;
import dev.managedidentity.dev.emulator.entra.Tenant;
import dev.managedidentity.dev.emulator.http.Answer;
import dev.managedidentity.dev.emulator.http.HttpsFront;
import dev.managedidentity.dev.emulator.http.Request;
import dev.managedidentity.dev.emulator.journal.Journal;
import dev.managedidentity.dev.emulator.model.Cloud;
import dev.managedidentity.dev.pki.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A running emulator. One port serves Resource Manager, Entra ID and the control endpoint; several
 * emulators can run side by side.
 */
public final class AzureEmulator implements AutoCloseable {
  private final EmulatorOptions options;
  private final String caPem;
  private final Path caFile;
  private final HttpsFront front;
  private final Behaviour behaviour;
  private final IssuerTrust trust;
  private final EmulatorControl control;

  private AzureEmulator(EmulatorOptions options) {
    this.options = options;
    this.trust = new IssuerTrust(options.issuerAuthorities());
    var authority = CertificateAuthority.create("Azure emulator");
    this.caPem = authority.certificatePem();
    var tls =
        authority
            .issueServer("localhost", List.of("localhost"), List.of("127.0.0.1", "::1"))
            .serverContext();
    this.front = HttpsFront.listen(tls, options.port());
    this.caFile = written(caPem);
    this.behaviour = Behaviour.of(options.clock());
    var cloud = new Cloud();
    var journal = new Journal();
    options.seed().plant(cloud, behaviour.clock().instant());
    this.control = new EmulatorControl(cloud, behaviour, journal, trust, options.seed());
    front.serve(services(cloud, journal));
  }

  /** Starts an emulator; it answers when this returns. */
  public static AzureEmulator start(EmulatorOptions options) {
    return new AzureEmulator(options);
  }

  private Function<Request, Answer> services(Cloud cloud, Journal journal) {
    var tenant = new Tenant(options.tenantId(), authorityHost());
    var tokens = new AccessTokens(tenant, behaviour.clock());
    var arm =
        new ArmService(
            new ArmService.Setting(cloud, behaviour, journal, tenant, tokens, armEndpoint()));
    var entra =
        new EntraService(
            tenant, cloud, tokens, trust, new EntraService.Setting(behaviour, journal));
    var metadata = new MetadataEndpoint(tenant, armEndpoint());
    var controls = new ControlEndpoint(control);
    return request ->
        switch (request.segments().stream().findFirst().orElse("").toLowerCase(Locale.ROOT)) {
          case "control" -> controls.handle(request);
          case "metadata" -> metadata.handle(request);
          case "", "subscriptions", "providers", "tenants" -> arm.handle(request);
          default -> entra.handle(request);
        };
  }

  private static Path written(String pem) {
    try {
      var file = Files.createTempFile("azure-emulator-ca", ".pem");
      file.toFile().deleteOnExit(); // nobody may come to close the emulator before the JVM ends
      return Files.writeString(file, pem);
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator's authority could not be written to a file", e);
    }
  }

  /** The Resource Manager endpoint, without a slash at the end. */
  public String armEndpoint() {
    return "https://localhost:" + front.port();
  }

  /** The authority host, with a slash at the end. */
  public String authorityHost() {
    return armEndpoint() + "/";
  }

  public String controlEndpoint() {
    return armEndpoint() + "/control";
  }

  /** What a client must trust, as PEM text. */
  public String caPem() {
    return caPem;
  }

  /** The same in a file, which is deleted when the emulator stops. */
  public Path caFile() {
    return caFile;
  }

  public String tenantId() {
    return options.tenantId();
  }

  public String subscriptionId() {
    return options.seed().subscriptionId();
  }

  public String clientId() {
    return options.seed().operator().clientId();
  }

  public String clientSecret() {
    return options.seed().operator().clientSecret();
  }

  public EmulatorControl control() {
    return control;
  }

  @Override
  public void close() {
    behaviour.faults().clear();
    front.close();
    trust.close();
    try {
      Files.deleteIfExists(caFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
