package io.holdfast.agent.owner;

import io.holdfast.domain.model.Owner;

/**
 * A tenure whose owner is to be checked.
 *
 * @param doubted the service's last word on the owner is not that it is there
 */
record Held(String ip, long tenure, Owner owner, boolean doubted) {
  Key key() {
    return new Key(ip, tenure);
  }

  /** Names it; an address alone never does. */
  record Key(String ip, long tenure) {}
}
