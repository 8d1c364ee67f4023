package dev.managedidentity.dev.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports that nobody listens on.
 *
 * <p>They lie below the range from which systems take the ports of outgoing connections, so that a
 * server can be stopped and started again on the same port without losing it to a client.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_767;

  private FreePorts() {}

  /** One port. */
  public static int choose() {
    return choose(1).getFirst();
  }

  /** So many different ones. */
  public static List<Integer> choose(int count) {
    var chosen = new LinkedHashSet<Integer>();
    while (chosen.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        chosen.add(port);
      }
    }
    return List.copyOf(chosen);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("This machine cannot open sockets", e);
    }
  }
}
