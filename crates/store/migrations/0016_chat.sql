-- Live chat: who talks from which browser, what they handed in, and who is there or typing now.

CREATE TABLE chat_sessions (
  id TEXT PRIMARY KEY,
  -- What opens it is stored as a hash only.
  hash TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  -- Who the host site says this is; empty for somebody it does not know.
  subject TEXT,
  name TEXT,
  -- The mail address the host site vouches for.
  vouched_mail TEXT,
  language TEXT NOT NULL,
  page TEXT,
  -- From the first words on.
  person TEXT,
  address TEXT,
  case_id TEXT,
  -- How many cases this session has gone through before, and from which event of this one it reads.
  turn BIGINT NOT NULL DEFAULT 0,
  from_seq BIGINT NOT NULL DEFAULT 0,
  -- The last event each side has had before its eyes, and the last one that went by mail.
  seen_seq BIGINT NOT NULL DEFAULT 0,
  desk_seen_seq BIGINT NOT NULL DEFAULT 0,
  mailed_seq BIGINT NOT NULL DEFAULT 0,
  mailed_at BIGINT,
  -- Where answers go when nobody looks: asked for by the visitor, proved by opening a link.
  mail TEXT,
  mail_hash TEXT UNIQUE,
  mail_asked_at BIGINT,
  mail_proved_at BIGINT,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  left_at BIGINT,
  expires_at BIGINT NOT NULL
) STRICT;
CREATE INDEX chat_sessions_case ON chat_sessions (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX chat_sessions_subject ON chat_sessions (channel, subject) WHERE subject IS NOT NULL;
CREATE INDEX chat_sessions_here ON chat_sessions (seen_at) WHERE left_at IS NULL;
CREATE INDEX chat_sessions_mail ON chat_sessions (mail) WHERE mail IS NOT NULL;
CREATE INDEX chat_sessions_end ON chat_sessions (expires_at);

-- Files a visitor has handed in; one is named in a message once.
CREATE TABLE chat_files (
  file TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES chat_sessions (id),
  message TEXT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX chat_files_of ON chat_files (session);

-- Who is there or types, for a few seconds. Losing a row costs an icon.
CREATE TABLE chat_signs (
  -- The case, or empty for the whole desk.
  case_id TEXT NOT NULL,
  -- 'visitor', or the id of a member of staff.
  who TEXT NOT NULL,
  sign TEXT NOT NULL CHECK (sign IN ('here', 'typing')),
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (case_id, who, sign)
) STRICT;
CREATE INDEX chat_signs_since ON chat_signs (since);
CREATE INDEX chat_signs_until ON chat_signs (until);

-- What has changed of late, for whoever looks on; and how long chats wait.
CREATE INDEX cases_updated ON cases (updated_at);
CREATE INDEX cases_answered ON cases (first_answer_at) WHERE origin = 'chat';
CREATE INDEX cases_unanswered ON cases (created_at)
  WHERE origin = 'chat' AND first_answer_at IS NULL AND state IN ('new', 'open');
