package io.holdfast.cli.audit;

import picocli.CommandLine.Command;

/** {@code holdfast audit ...}. */
@Command(
    name = "audit",
    description = "Who had what, and is the record whole: ask, replay, verify, prove, what if.",
    subcommands = {
      WhoHadVerb.class,
      HistoryVerb.class,
      StateVerb.class,
      DiffVerb.class,
      RefusedVerb.class,
      ExportVerb.class,
      StatusVerb.class,
      ReplayVerb.class,
      VerifyVerb.class,
      WhatIfVerb.class,
      ExportProofVerb.class,
      VerifyProofVerb.class
    })
public final class AuditVerb {}
