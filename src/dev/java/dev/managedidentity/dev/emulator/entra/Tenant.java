package dev.managedidentity.dev.emulator.entra;

/** The one tenant and the address of its authority, which ends with a slash. */
public record Tenant(String id, String authorityHost) {

  String versionOneIssuer() {
    return authorityHost + id + "/";
  }

  String versionTwoIssuer() {
    return authorityHost + id + "/v2.0";
  }
}
