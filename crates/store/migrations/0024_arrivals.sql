-- What comes in besides words: pictures and files of channels, and the numbers by which partners
-- call our cases.

-- Something that came with a message of a channel; a job fetches it.
CREATE TABLE social_media (
  id TEXT PRIMARY KEY,
  message TEXT NOT NULL REFERENCES case_messages (id),
  channel TEXT NOT NULL,
  -- What the channel calls such a thing.
  what TEXT NOT NULL,
  name TEXT,
  declared TEXT,
  -- Where its bytes are, as JSON; empty once they are here.
  source TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'failed')),
  attempts BIGINT NOT NULL,
  reason TEXT,
  -- The file it became. Files go when a case is erased, and this line may stay.
  file TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
) STRICT;
CREATE INDEX social_media_of ON social_media (message);

-- How an allowed sender's own desk calls a case of ours: later mail with the same number joins.
CREATE TABLE mail_foreign (
  domain TEXT NOT NULL,
  reference TEXT NOT NULL,
  case_id TEXT NOT NULL,
  thread TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (domain, reference)
) STRICT;
CREATE INDEX mail_foreign_case ON mail_foreign (case_id);
