package dev.managedidentity.operator.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the certificate that somebody else, such as cert-manager, keeps in a mounted folder as
 * {@code tls.crt} and {@code tls.key}; a changed one from the next look on.
 */
public final class CertificateFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

  /** How often the folder is looked at; the kubelet updates it about as often. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Path folder;
  private final ServingCertificate shown;
  private final Looks looks;
  private @Nullable String told;

  public CertificateFiles(Path folder, ServingCertificate shown, Duration interval) {
    this.folder = folder;
    this.shown = shown;
    this.looks = new Looks("certificate-files", interval, this::look);
  }

  /** Begins to look; once. */
  public void start() {
    looks.start();
  }

  /** Stops to look. */
  @Override
  public void close() {
    looks.close();
  }

  /**
   * Shows what is there. The two files may be of different age while they are replaced: then they
   * do not belong together, and what was shown before stays until the next look.
   */
  void look() {
    try {
      shown.show(
          KeyedCertificate.ofPem(
              Files.readString(folder.resolve(Material.CERTIFICATE)),
              Files.readString(folder.resolve(Material.KEY))));
      told = null;
    } catch (IOException | IllegalArgumentException e) {
      tell(String.valueOf(e.getMessage()));
    }
  }

  /** Once, until something else is wrong. */
  private void tell(String problem) {
    if (!Objects.equals(told, problem)) {
      told = problem;
      LOG.warn(
          "The certificate in {} cannot be shown: {}. Expected are tls.crt and tls.key as PEM.",
          folder,
          problem);
    }
  }
}
