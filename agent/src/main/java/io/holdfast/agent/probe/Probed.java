package io.holdfast.agent.probe;

import io.holdfast.agent.driver.Driver;
import io.holdfast.domain.view.DesiredState;

/** A gateway to be probed: what it carries, and the way to where its interfaces are. */
public record Probed(String network, DesiredState desired, Driver driver) {}
