package io.holdfast.simulator.check;

import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one address, from events alone. */
final class EipFact {
  Phase phase = Phase.FREE;
  long tenure;
  String pool = "";
  @Nullable Owner owner;
  @Nullable NodeBinding node;
  @Nullable String gateway;
  long freeAt;

  /** From when on the tenant that had it may have it again; 0: not before others. */
  long tenantFreeAt;

  /** Free for this tenant only, which is to be given it by the next event. */
  @Nullable String earlyFor;

  /** What the present tenure, or the one that is being released, is subject to. */
  TermsFact terms = new TermsFact();

  /** In quarantine: as the event said that put it there. */
  long quarantineUntil;

  int absent;
  long firstAbsentAt;
  int probeFailures;

  /** Where it is wanted or may still be. */
  final List<Place> places = new ArrayList<>(2);

  /** By rule id; those that are being removed among them. */
  final TreeMap<String, RuleFact> rules = new TreeMap<>();

  @Nullable Owner formerOwner;
  @Nullable NodeBinding formerNode;
  @Nullable String formerGateway;
  long formerLeaseMs;
  Map<String, String> formerTags = Map.of();
  final TreeMap<String, String> formerRules = new TreeMap<>();

  /** A tenure begins, with an owner that is still to be named. */
  void begin(long sequence, @Nullable NodeBinding where) {
    tenure = sequence;
    node = where;
    gateway = null;
    absent = 0;
    probeFailures = 0;
    quarantineUntil = 0;
    terms = new TermsFact();
  }

  /** Nothing of the last tenure counts any more. */
  void over() {
    terms = new TermsFact();
  }

  /** One gateway. */
  static final class Place {
    final String gateway;
    final int prefixLength;
    boolean wanted = true;
    long revision;

    /** The last epoch that may have it, once it is not wanted any more. */
    long leftEpoch;

    /** The epoch that was last seen with it as it is wanted; 0: none. */
    long readyEpoch;

    long observation;

    Place(String gateway, int prefixLength) {
      this.gateway = gateway;
      this.prefixLength = prefixLength;
    }
  }

  /** One rule. */
  static final class RuleFact {
    boolean wanted = true;
    String content = "";
    String target = "";
    @Nullable Place place;
  }

  @Nullable Place at(@Nullable String someGateway) {
    for (Place place : places) {
      if (place.gateway.equals(someGateway)) {
        return place;
      }
    }
    return null;
  }

  /** On whose quota it counts; null: on nobody's. */
  @Nullable String tenant() {
    Owner counted =
        switch (phase) {
          case ALLOCATED -> owner;
          case RELEASING, COOLING_DOWN -> formerOwner;
          case FREE, QUARANTINED, RESERVED -> null;
        };
    return counted == null ? null : counted.tenant();
  }

  int liveRules() {
    int live = 0;
    for (RuleFact rule : rules.values()) {
      live += rule.wanted ? 1 : 0;
    }
    return live;
  }

  void forgetFormer() {
    formerOwner = null;
    formerNode = null;
    formerGateway = null;
    formerLeaseMs = 0;
    formerTags = Map.of();
    formerRules.clear();
  }

  @Override
  public String toString() {
    return phase + " #" + tenure + " of " + owner + " in " + pool + " on " + gateway + ", " + terms;
  }
}
