-- Tokens given away, the audit log, what the desk has found amiss on the money side, and incidents.

-- Tokens nobody paid for: a lot without a price.
CREATE TABLE goodwill_credits (
  id TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  tokens BIGINT NOT NULL CHECK (tokens > 0),
  reason TEXT NOT NULL,
  given_by TEXT NOT NULL,
  -- Chosen by whoever asks: the same key is the same credit.
  key TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX goodwill_credits_of ON goodwill_credits (customer, id);
CREATE INDEX goodwill_credits_by ON goodwill_credits (given_by, created_at);

-- Who did or read what, never changed. A note is written at once, and sealed into the chain by a
-- job soon after: its place and its seal are filled in once.
CREATE TABLE audit_notes (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  about TEXT NOT NULL,
  why TEXT,
  -- What is noted at most once carries the name of its time.
  once TEXT,
  nth BIGINT,
  seal TEXT,
  CHECK ((nth IS NULL) = (seal IS NULL))
) STRICT;
-- Partial, so that writing a note touches neither the chain's index nor its last page.
CREATE UNIQUE INDEX audit_notes_once ON audit_notes (once) WHERE once IS NOT NULL;
CREATE UNIQUE INDEX audit_chain ON audit_notes (nth) WHERE nth IS NOT NULL;
CREATE INDEX audit_unsealed ON audit_notes (id) WHERE nth IS NULL;
CREATE INDEX audit_notes_by ON audit_notes (actor, id);
CREATE INDEX audit_notes_what ON audit_notes (what, id);
CREATE INDEX audit_notes_about ON audit_notes (about, id);

-- How long the chain is and how it ends, sealed as well: what is cut off at the end is missed.
CREATE TABLE audit_head (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  nth BIGINT NOT NULL,
  seal TEXT NOT NULL,
  proof TEXT NOT NULL
) STRICT;

-- What is not as it should be on the money side, rule by rule, and the case that was opened for it.
CREATE TABLE findings (
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  says TEXT NOT NULL,
  case_id TEXT NOT NULL,
  gone_at BIGINT,
  PRIMARY KEY (rule, subject, found_at)
) STRICT;
CREATE UNIQUE INDEX findings_open ON findings (rule, subject) WHERE gone_at IS NULL;
CREATE INDEX findings_of ON findings (case_id);
CREATE INDEX findings_about ON findings (subject) WHERE gone_at IS NULL;

-- Times in which a processor account does not answer as it should.
CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  why TEXT NOT NULL,
  case_id TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  -- When it was last seen to do badly.
  bad_at BIGINT NOT NULL,
  ended_at BIGINT
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (account) WHERE ended_at IS NULL;
