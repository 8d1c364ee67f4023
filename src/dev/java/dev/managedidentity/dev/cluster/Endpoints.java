package dev.managedidentity.dev.cluster;

import dev.managedidentity.dev.process.FreePorts;

/** Where the servers of one control plane listen, all on the loopback address. */
record Endpoints(int etcdPort, int etcdPeerPort, int apiServerPort) {

  static final String ADDRESS = "127.0.0.1";

  /** Ports that are free now; another process may still take one before it is used. */
  static Endpoints onFreePorts() {
    var ports = FreePorts.choose(3);
    return new Endpoints(ports.get(0), ports.get(1), ports.get(2));
  }

  String etcd() {
    return "http://" + ADDRESS + ":" + etcdPort;
  }

  String etcdPeers() {
    return "http://" + ADDRESS + ":" + etcdPeerPort;
  }

  String apiServer() {
    return "https://" + ADDRESS + ":" + apiServerPort;
  }

  /** Where the API server publishes the keys of its service account tokens. */
  String serviceAccountKeys() {
    return apiServer() + "/openid/v1/jwks";
  }
}
