package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Terms;
import java.util.ArrayList;
import java.util.List;

/** What a tenure is subject to, in sentences. */
final class TermsText {
  private TermsText() {}

  static List<String> of(Address address) {
    List<String> all = new ArrayList<>();
    if (address.tenancy() == null) {
      return all;
    }
    Terms terms = address.tenancy().terms();
    Lease lease = terms.lease();
    if (lease != null) {
      all.add(
          "Its lease ends at "
              + Instants.text(lease.expiresAt())
              + (lease.durationMs() == 0
                  ? ", because its pool is drained."
                  : " unless it is renewed (RenewLease, or its owner asks again)."));
    }
    Offer offer = terms.offer();
    if (offer != null) {
      all.add(
          "It is offered to tenant "
              + offer.tenant()
              + " until "
              + Instants.text(offer.until())
              + " (AcceptTransfer).");
    }
    if (terms.adopted()) {
      all.add("It was in use before it was adopted; at its end it is reserved, not freed.");
    }
    return all;
  }
}
