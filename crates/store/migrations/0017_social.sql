-- What social channels bring and take, and how a customer shows that an account there is theirs.

-- Raw messages of channels: kept first, read by a job.
CREATE TABLE social_notices (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  -- Of the body: the same bytes from a channel are kept once.
  hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'unreadable')),
  reason TEXT,
  received_at BIGINT NOT NULL,
  UNIQUE (channel, hash)
) STRICT;

-- Answers on their way through a channel, written before the call leaves: what was begun and has
-- no end is never sent again by itself.
CREATE TABLE social_sends (
  message TEXT PRIMARY KEY REFERENCES case_messages (id),
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'calling', 'sent', 'failed')),
  -- What the channel calls it; reports about it use that name.
  provider_id TEXT,
  attempts BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
) STRICT;
CREATE INDEX social_sends_provider ON social_sends (channel, provider_id)
  WHERE provider_id IS NOT NULL;

-- When somebody last wrote over a channel: some may be answered freely for a day only.
CREATE TABLE social_heard (
  address TEXT PRIMARY KEY REFERENCES addresses (id),
  channel TEXT NOT NULL,
  last_at BIGINT NOT NULL
) STRICT;

-- Codes that a signed-in customer sends over a channel to show that the account there is theirs.
CREATE TABLE social_codes (
  hash TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
) STRICT;
CREATE INDEX social_codes_of ON social_codes (customer);
