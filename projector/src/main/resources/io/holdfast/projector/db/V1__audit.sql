-- The audit database: a projection of holdfast.events and holdfast.outcomes. docs/audit.md explains it.
-- All of it can be made again from Kafka, except refusals older than the outcomes topic keeps.

-- Equality of plain columns inside GiST constraints.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- How far each network has been projected; a stopped one waits for a person.
CREATE TABLE network (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL UNIQUE,
  sequence     bigint NOT NULL DEFAULT 0,
  at           timestamptz,
  hash         bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(hash) = 32),
  digest       bigint NOT NULL DEFAULT 0,
  stopped_at   timestamptz,
  stopped_why  text
);

-- Where reading goes on. Written in the transaction that writes the rows: each event is here once.
CREATE TABLE position (
  topic        text NOT NULL,
  "partition"  int NOT NULL,
  next_offset  bigint NOT NULL,
  PRIMARY KEY (topic, "partition")
);

CREATE TABLE alarm (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  raised_at    timestamptz NOT NULL DEFAULT now(),
  network      text,
  sequence     bigint,
  topic        text NOT NULL,
  "partition"  int NOT NULL,
  "offset"     bigint NOT NULL,
  kind         text NOT NULL,
  message      text NOT NULL
);

-- Every event as it was. network refers to network.id; no foreign key, because it would be looked up a
-- million times to learn what the projector has just looked up itself.
CREATE TABLE event (
  network      int NOT NULL,
  sequence     bigint NOT NULL,
  at           timestamptz NOT NULL,
  type         text NOT NULL,
  ip           inet,
  gateway      text,
  node         text,
  actor        text NOT NULL,
  reason       text NOT NULL,
  cause_kind   text NOT NULL,
  cause        text NOT NULL,
  "partition"  int NOT NULL,
  "offset"     bigint NOT NULL,
  hash         bytea NOT NULL,
  digest       bigint NOT NULL,
  payload      jsonb NOT NULL,
  PRIMARY KEY (network, sequence),
  UNIQUE ("partition", "offset")
);
CREATE INDEX event_at ON event (network, at, sequence);
CREATE INDEX event_ip ON event (network, ip, sequence) WHERE ip IS NOT NULL;
CREATE INDEX event_gateway ON event (network, gateway, sequence) WHERE gateway IS NOT NULL;

-- Answers that said no, from holdfast.outcomes.
CREATE TABLE refusal (
  "partition"  int NOT NULL,
  "offset"     bigint NOT NULL,
  network      int NOT NULL,
  sequence     bigint NOT NULL,
  at           timestamptz NOT NULL,
  command_id   text NOT NULL,
  command      text NOT NULL,
  actor        text NOT NULL,
  repeated     boolean NOT NULL,
  dry_run      boolean NOT NULL,
  code         text NOT NULL,
  message      text NOT NULL,
  field        text,
  value        text,
  allowed      text,
  details      jsonb NOT NULL,
  PRIMARY KEY ("partition", "offset")
);
CREATE INDEX refusal_at ON refusal (network, at, "partition", "offset");

-- The tables below have one shape: something (item, which begins with the network's id) was so from one event to
-- another.
--   from_*  the event that began it
--   to_*    the event that ended it; null: it still is
--   gone_*  the event from which on nothing of it is left; the same as to_* where there is no such difference
-- period = [from, to), occupied = [from, gone). At most one row of an item is not gone: a unique index says so.
-- GiST serves the constraints only; what is looked up has a B-tree.
-- WITHOUT OVERLAPS would refuse empty ranges, and two events can have the same millisecond: so EXCLUDE.

-- Who held an address. to: released. gone: surely on no gateway any more.
CREATE TABLE tenure (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  occupied tstzrange GENERATED ALWAYS AS (tstzrange(from_at, gone_at)) STORED,
  ip inet NOT NULL, tenure bigint NOT NULL, pool text NOT NULL,
  tenant text NOT NULL, kind text NOT NULL, namespace text NOT NULL, name text NOT NULL, uid text NOT NULL,
  node text, boot_id text,
  PRIMARY KEY (network, from_seq),
  -- Two holders of one address at one time are refused.
  CONSTRAINT one_holder EXCLUDE USING gist (network WITH =, ip inet_ops WITH =, occupied WITH &&),
  CONSTRAINT tenure_is_its_event CHECK (tenure = from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX tenure_open ON tenure (item) WHERE gone_seq IS NULL;
CREATE INDEX tenure_ip ON tenure (network, ip, from_at);
CREATE INDEX tenure_owner ON tenure (network, tenant, name, kind, namespace, from_seq);

-- Addresses that rest after a tenure.
CREATE TABLE cooldown (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  ip inet NOT NULL, tenure bigint NOT NULL, free_at timestamptz NOT NULL,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX cooldown_open ON cooldown (item) WHERE gone_seq IS NULL;
CREATE INDEX cooldown_ip ON cooldown (network, ip, from_at);

-- Addresses taken out because something answers for them.
CREATE TABLE quarantine (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  ip inet NOT NULL, pool text NOT NULL, why text NOT NULL,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX quarantine_open ON quarantine (item) WHERE gone_seq IS NULL;
CREATE INDEX quarantine_ip ON quarantine (network, ip, from_at);

-- Which gateway an address was to be on. to: not wanted there any more. gone: seen or known to be off it.
CREATE TABLE attachment (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  occupied tstzrange GENERATED ALWAYS AS (tstzrange(from_at, gone_at)) STORED,
  ip inet NOT NULL, tenure bigint NOT NULL, gateway text NOT NULL, prefix_length int NOT NULL, epoch bigint NOT NULL,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX attachment_open ON attachment (item) WHERE gone_seq IS NULL;
-- An address is wanted on one gateway at a time.
CREATE UNIQUE INDEX one_gateway ON attachment (network, ip) WHERE to_seq IS NULL;
CREATE INDEX attachment_ip ON attachment (network, ip, from_at);
CREATE INDEX attachment_gateway ON attachment (network, gateway, from_at);

-- What a rule of an address led to. to: removed or replaced. gone: seen or known to be off the gateway.
CREATE TABLE rule_tenure (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  occupied tstzrange GENERATED ALWAYS AS (tstzrange(from_at, gone_at)) STORED,
  ip inet NOT NULL, tenure bigint NOT NULL, rule text NOT NULL, kind text NOT NULL, vpc text NOT NULL, target text NOT NULL,
  protocol text, port int, inside inet NOT NULL, inside_port int,
  -- The internal side, if no second rule of the VPC may use it.
  exclusive text,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX rule_open ON rule_tenure (item) WHERE gone_seq IS NULL;
CREATE UNIQUE INDEX one_use_of_an_internal_side ON rule_tenure (network, vpc, exclusive) WHERE to_seq IS NULL AND exclusive IS NOT NULL;
CREATE INDEX rule_ip ON rule_tenure (network, ip, from_at);
CREATE INDEX rule_inside ON rule_tenure (network, inside, from_at);

-- What a gateway's instance was seen with. An address or rule was ready while such a row and the gateway's
-- placement of the same epoch both hold: so that a move stays one event, however much the gateway carries.
CREATE TABLE readiness (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  ip inet NOT NULL, tenure bigint NOT NULL, rule text NOT NULL, gateway text NOT NULL,
  epoch bigint NOT NULL, revision bigint NOT NULL, observation bigint NOT NULL,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX readiness_open ON readiness (item) WHERE gone_seq IS NULL;
CREATE INDEX readiness_ip ON readiness (network, ip, from_at);

-- Where a gateway ran.
CREATE TABLE gateway_placement (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  gateway text NOT NULL, node text NOT NULL, epoch bigint NOT NULL, cause text NOT NULL,
  PRIMARY KEY (network, from_seq),
  -- Two nodes of one gateway at one time are refused.
  CONSTRAINT one_node EXCLUDE USING gist (network WITH =, gateway WITH =, period WITH &&),
  CONSTRAINT one_placement_an_epoch UNIQUE (network, gateway, epoch)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX placement_open ON gateway_placement (item) WHERE gone_seq IS NULL;

-- What a pool was defined as.
CREATE TABLE pool_version (
  network int NOT NULL, item text NOT NULL,
  from_seq bigint NOT NULL, from_at timestamptz NOT NULL,
  to_seq bigint, to_at timestamptz, to_note text,
  gone_seq bigint, gone_at timestamptz, gone_note text,
  period tstzrange GENERATED ALWAYS AS (tstzrange(from_at, to_at)) STORED,
  pool text NOT NULL, spec jsonb NOT NULL,
  PRIMARY KEY (network, from_seq)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX pool_open ON pool_version (item) WHERE gone_seq IS NULL;
