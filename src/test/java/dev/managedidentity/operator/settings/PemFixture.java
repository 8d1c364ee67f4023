package dev.managedidentity.operator.settings;

/** A certificate that is valid for a hundred years and whose key nobody has. */
final class PemFixture {
  static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdjCCARugAwIBAgIUXH+xVzVxZkccH6yD1qs6jtabTIgwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjIxNjAxNDVaGA8yMTI2MTAyOTE2MDE0
      NVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEP2
      IlSvj79yVfTL9PReeLIOpDcxyNjtYrW/lqbYVVcCcV+2hicXrcUoPeFIc3L8DDz3
      LKfFuHAzWVi6jXpWHDCjUzBRMB0GA1UdDgQWBBRRH+Rp3t2klw8umtgvOUfYYbwn
      VDAfBgNVHSMEGDAWgBRRH+Rp3t2klw8umtgvOUfYYbwnVDAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDM0ruZIGAOVs4+TzUcAc9ytqzktGqu0JGS
      Pd7dVc3I6QIhAIKYSEzuxx9Ss/wtkb+TpULNeYeEHwaDVtJdGGzE7osC
      -----END CERTIFICATE-----
      """;

  private PemFixture() {}
}
