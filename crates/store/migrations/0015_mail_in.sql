-- Mail that came in, kept raw before anybody reads it; who may not be written to; mail threads out.

CREATE TABLE raw_mails (
  id TEXT PRIMARY KEY,
  -- The door it came in by: `imap:<name>`, `lmtp`, `api`, `import`.
  door TEXT NOT NULL,
  -- SHA-256 of the raw bytes: the same mail by the same door is kept once, however often it comes.
  hash TEXT NOT NULL,
  size BIGINT NOT NULL,
  -- The names of its blobs in order, as JSON: one mail may be larger than one blob.
  blobs TEXT NOT NULL,
  -- 0 where it was too large: then only its headers are here.
  whole BIGINT NOT NULL,
  -- The return path; empty if it was null, missing if the door does not know.
  envelope_from TEXT,
  -- The recipients of the envelope as JSON.
  envelope_to TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('waiting', 'filed', 'own', 'bounce', 'twice', 'quarantined', 'discarded')),
  -- Why it is in quarantine.
  reason TEXT,
  last_error TEXT,
  -- Read when it was filed, for the quarantine's list and for limits.
  sender TEXT,
  sender_domain TEXT,
  subject TEXT,
  -- SHA-256 of the header Message-ID.
  mail_id TEXT,
  -- Where it would have gone, and where it went.
  proposed TEXT,
  case_id TEXT,
  message TEXT,
  settled_at BIGINT,
  settled_by TEXT,
  UNIQUE (door, hash)
) STRICT;
CREATE INDEX raw_mails_waiting ON raw_mails (received_at) WHERE state = 'waiting';
CREATE INDEX raw_mails_quarantine ON raw_mails (id) WHERE state = 'quarantined';
CREATE INDEX raw_mails_of_sender ON raw_mails (sender, received_at);
CREATE INDEX raw_mails_of_domain ON raw_mails (sender_domain, received_at);
CREATE INDEX raw_mails_of_mail_id ON raw_mails (mail_id, received_at);
CREATE INDEX raw_mails_of_case ON raw_mails (case_id, received_at);

-- How far each IMAP folder was read.
CREATE TABLE mail_cursors (
  mailbox TEXT PRIMARY KEY,
  validity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  last_error TEXT,
  failed_at BIGINT
) STRICT;

-- Which message has which Message-ID, by its hash. The first one keeps it.
CREATE TABLE mail_ids (
  mail_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  thread TEXT NOT NULL,
  message TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX mail_ids_of_message ON mail_ids (message);

-- Acknowledgments that were sent, for their limits.
CREATE TABLE mail_acks (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  domain TEXT NOT NULL,
  sent_at BIGINT NOT NULL
) STRICT;
CREATE INDEX mail_acks_of_address ON mail_acks (address, sent_at);
CREATE INDEX mail_acks_of_domain ON mail_acks (domain, sent_at);
CREATE INDEX mail_acks_at ON mail_acks (sent_at);

-- Whom not to write to: an address that is gone, that complained, or that floods.
CREATE TABLE suppressions (
  address TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- Missing: for good.
  until BIGINT,
  created_by TEXT
) STRICT;

-- Who may write without further questions, and who may not at all: an address, or `@` and a domain.
CREATE TABLE mail_senders (
  value TEXT PRIMARY KEY,
  rule TEXT NOT NULL CHECK (rule IN ('allow', 'block')),
  created_at BIGINT NOT NULL,
  created_by TEXT
) STRICT;

-- A case or an address to which nothing is sent automatically for a while, because of a loop.
CREATE TABLE mail_mutes (
  what TEXT PRIMARY KEY,
  until BIGINT NOT NULL
) STRICT;

-- What an answer in a case carries beyond a receipt's mail: its headers as JSON.
ALTER TABLE mails ADD COLUMN carriage TEXT;
-- A mail that comes back is known by its Message-ID.
CREATE INDEX mails_message_id ON mails (message_id);
