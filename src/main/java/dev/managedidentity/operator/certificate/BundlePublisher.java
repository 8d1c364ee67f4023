package dev.managedidentity.operator.certificate;

/** Tells the clients of the webhook, the API servers, whom to trust. */
public interface BundlePublisher {

  /**
   * Makes clients trust these authorities and no others.
   *
   * @param bundle certificates as PEM text
   * @return whether something else was published before
   */
  boolean publish(String bundle);
}
