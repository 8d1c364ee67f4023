package dev.managedidentity.dev.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes the container image into a file, which {@code docker load} and registries' tools take. */
public final class ImageMain {
  private static final Path TAR = Path.of("target", "managed-identity-operator-image.tar");

  private ImageMain() {}

  /** Takes the name of the base image, or nothing for an image that needs none. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var build = new ImageBuild(Path.of("target", "image"), System.out::println);
    var image = build.write(TAR, Arrays.stream(arguments).findFirst());
    System.out.printf("%d MB, digest %s%n", Files.size(TAR) / 1_000_000, image.getDigest());
  }
}
