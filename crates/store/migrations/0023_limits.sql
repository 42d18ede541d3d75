-- How often somebody did something of late, wherever that is limited; what a chat takes along to the
-- form of a request; and whom waiting chats are offered to.

-- One count for every node. What is counted is named by a keyed hash.
CREATE TABLE limit_counts (
  subject TEXT PRIMARY KEY,
  count BIGINT NOT NULL,
  -- It begins anew then.
  until BIGINT NOT NULL
) STRICT;
CREATE INDEX limit_counts_until ON limit_counts (until);

-- Two rooms counted by themselves; the counts of a day are no loss.
DROP TABLE lookup_tries;
DROP TABLE contact_tries;

-- What a visitor of the chat has written, on its way to the form of a request. It is opened by a
-- secret, stored as a hash only, and kept for hours.
CREATE TABLE chat_drafts (
  hash TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  until BIGINT NOT NULL
) STRICT;
CREATE INDEX chat_drafts_until ON chat_drafts (until);

-- A waiting chat is offered to one of staff at a time, and one of staff has one offer at a time.
CREATE TABLE chat_offers (
  case_id TEXT PRIMARY KEY,
  staff TEXT NOT NULL UNIQUE,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL
) STRICT;

-- Who was offered a chat and did not take it.
CREATE TABLE chat_passed (
  case_id TEXT NOT NULL,
  staff TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, staff)
) STRICT;
CREATE INDEX chat_passed_at ON chat_passed (at);

-- How somebody of staff stands to offers.
CREATE TABLE chat_agents (
  staff TEXT PRIMARY KEY,
  -- How many offers in a row ran out.
  missed BIGINT NOT NULL DEFAULT 0,
  offered_at BIGINT,
  -- Since when nothing is offered to them, and whether that came by itself.
  away_at BIGINT,
  away_by TEXT CHECK (away_by IN ('misses', 'themselves'))
) STRICT;
