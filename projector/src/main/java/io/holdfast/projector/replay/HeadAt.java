package io.holdfast.projector.replay;

import io.holdfast.projector.log.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else says about a network: its last event then.
 *
 * @param digest in hexadecimal, 16 digits
 * @param hash in hexadecimal
 */
public record HeadAt(long sequence, String digest, String hash) {
  /** What differs from the log's event of that number; null if nothing does. */
  @Nullable String differs(Entry.OfEvent e, String who) {
    String logged = Folding.hex(e.meta().digest());
    if (!digest.equals(logged)) {
      return who + " has the digest " + digest + " after it, the log " + logged;
    }
    return hash.equals(e.hash().toString())
        ? null
        : who + " has the hash " + hash + " of it, the log " + e.hash();
  }
}
