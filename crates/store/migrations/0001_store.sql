-- What everything else leans on: jobs, schedules, leases, events, replays of requests, blobs.

-- Taken as a table lock only; see store.rs, `Isolation`.
CREATE TABLE store_gate (
  unused BIGINT
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'resting')),
  due_at BIGINT NOT NULL,
  lease_until BIGINT,
  worker TEXT,
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state <> 'resting';
CREATE INDEX jobs_resting ON jobs (id) WHERE state = 'resting';

-- A schedule's next run: any node inserts it, the second insert changes nothing.
CREATE TABLE schedules (
  name TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  job TEXT NOT NULL,
  PRIMARY KEY (name, due_at)
) STRICT;

CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until BIGINT NOT NULL
) STRICT;

-- Facts that others may hear. `heard_at` is empty until every listener has heard it; `rested_at` is
-- filled when somebody could not hear it too often.
CREATE TABLE events (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  heard_at BIGINT,
  rested_at BIGINT,
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT
) STRICT;
CREATE INDEX events_unheard ON events (due_at, id) WHERE heard_at IS NULL AND rested_at IS NULL;
CREATE INDEX events_resting ON events (id) WHERE heard_at IS NULL AND rested_at IS NOT NULL;
CREATE INDEX events_of ON events (subject, id);

-- Answers to requests that carried an Idempotency-Key.
CREATE TABLE replays (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status BIGINT,
  body TEXT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX replays_age ON replays (created_at);

CREATE TABLE blobs (
  hash TEXT PRIMARY KEY,
  bytes BLOB NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;
