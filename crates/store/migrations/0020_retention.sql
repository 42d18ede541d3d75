-- How long words are kept: what has been emptied, who asked to be forgotten, and what has to wait.

-- When the words of a case went; the case itself stays.
ALTER TABLE cases ADD COLUMN emptied_at BIGINT;
CREATE INDEX cases_held ON cases (id) WHERE legal_hold IS NOT NULL;
CREATE INDEX cases_to_empty ON cases (closed_at, id)
  WHERE state = 'closed' AND emptied_at IS NULL;

-- When the bytes of a raw mail went. The row stays, so that the same mail is not taken in again.
ALTER TABLE raw_mails ADD COLUMN emptied_at BIGINT;
CREATE INDEX raw_mails_to_empty ON raw_mails (settled_at, id)
  WHERE emptied_at IS NULL AND state NOT IN ('waiting', 'quarantined');
CREATE INDEX raw_mails_of_envelope ON raw_mails (LOWER(envelope_from))
  WHERE emptied_at IS NULL AND envelope_from IS NOT NULL;
-- Whose bytes are under a name: those of a small mail are under its own hash.
CREATE INDEX raw_mails_hash ON raw_mails (hash);
CREATE INDEX raw_mails_in_parts ON raw_mails (id)
  WHERE emptied_at IS NULL AND size > 16777216;

-- The same for what messengers brought, and for mail that went out.
ALTER TABLE social_notices ADD COLUMN emptied_at BIGINT;
CREATE INDEX social_notices_to_empty ON social_notices (received_at, id)
  WHERE emptied_at IS NULL;
CREATE INDEX social_notices_hash ON social_notices (hash);
ALTER TABLE mails ADD COLUMN emptied_at BIGINT;
CREATE INDEX mails_to_empty ON mails (created_at, id) WHERE emptied_at IS NULL;
CREATE INDEX mails_to ON mails (to_address) WHERE emptied_at IS NULL;
CREATE INDEX mails_about ON mails (about) WHERE emptied_at IS NULL AND about IS NOT NULL;

-- Whether money's own papers share bytes with something that goes.
CREATE INDEX notices_body ON notices (body_hash);
CREATE INDEX settlement_files_hash ON settlement_files (hash);

CREATE INDEX case_messages_by ON case_messages (author) WHERE redacted_at IS NULL;
CREATE INDEX case_messages_at ON case_messages (address)
  WHERE redacted_at IS NULL AND address IS NOT NULL;
CREATE INDEX chat_sessions_person ON chat_sessions (person) WHERE person IS NOT NULL;
CREATE INDEX case_keys_person ON case_keys (person);

-- Somebody asked to be forgotten. A person has one request under way at most.
CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (id),
  -- A member of staff, or the command line.
  asked_by TEXT NOT NULL,
  -- Where the wish is written down. No words of the person's own.
  why TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delayed', 'done')),
  -- A JSON list of what stands in the way.
  delays TEXT NOT NULL,
  -- A JSON object: how many of what are gone.
  gone TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  looked_at BIGINT,
  done_at BIGINT,
  CHECK ((state = 'done') = (done_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX erasures_open ON erasures (person) WHERE done_at IS NULL;
CREATE INDEX erasures_undone ON erasures (id) WHERE done_at IS NULL;

-- A case whose time is over and whose words stay all the same, and why.
CREATE TABLE retention_delays (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  why TEXT NOT NULL,
  since BIGINT NOT NULL
) STRICT;

-- How far a round has come that walks through everything, slice by slice.
CREATE TABLE retention_rounds (
  name TEXT PRIMARY KEY,
  reached TEXT NOT NULL
) STRICT;
