package io.holdfast.domain.model;

/**
 * A request that waits for addresses to come free.
 *
 * @param commandId of the command that brought it
 * @param since epoch milliseconds
 * @param deadline epoch milliseconds at which it is given up
 */
public record Waiter(EipRequest request, String commandId, long since, long deadline)
    implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(request).add(commandId).add(since).add(deadline);
  }
}
