package io.holdfast.domain.outcome;

import io.holdfast.domain.net.IpAddress;

/** An address that a command gave, or found its owner to have. */
public record Grant(IpAddress ip, long tenure, String pool) {}
