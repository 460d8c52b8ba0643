package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a quota may be of: whoever asked, had something, or had a quota. */
final class TenantsTest {
  private static final IpAddress IP = IpAddress.parse("10.0.0.1");

  private static Owner of(String tenant) {
    return new Owner(tenant, "Pod", "shop", "a", "");
  }

  @Test
  void eachWayInIsKnown() {
    Tenants tenants = new Tenants();
    EipRequest request = EipRequest.of(of("asking"), FamilyChoice.V4, "p");
    tenants.asked(new Command.AllocateEip(request, OnExhausted.REJECT, 0));
    tenants.take(
        new Event.AllocationQueued(EipRequest.of(of("waiting"), FamilyChoice.V4, "p"), "c", 1_000));
    tenants.take(new Event.EipAdopted(IP, 7, "p", of("adopting"), null, 0, 0, Map.of()));
    tenants.take(new Event.EipTransferred(IP, 8, "p", of("taking"), 7, of("adopting")));
    tenants.take(new Event.QuotaSet("limited", 1L));
    tenants.take(new Event.QuotaSet("unlimited", null));

    assertThat(tenants.known())
        .containsExactly("adopting", "asking", "limited", "taking", "unlimited", "waiting");
  }
}
