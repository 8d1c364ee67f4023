package dev.managedidentity.operator.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A replica on loopback: says one byte to everybody who shakes hands with it. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket socket;

  TlsServer(SSLContext tls) {
    try {
      var factory = tls.getServerSocketFactory();
      socket =
          (SSLServerSocket) factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = (SSLSocket) socket.accept();
        Thread.ofVirtual().start(() -> greet(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private static void greet(SSLSocket client) {
    try (client) {
      client.setTcpNoDelay(true); // a delayed answer is 40 ms of every check
      client.getOutputStream().write('!');
    } catch (IOException _) {
      // the client tells what it did not like
    }
  }
}
