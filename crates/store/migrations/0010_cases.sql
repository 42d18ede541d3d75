-- Whom the desk knows, what they wrote, and what became of it: people, cases, threads, messages.

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name TEXT,
  language TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('customer', 'creator', 'studio')),
  customer TEXT REFERENCES customers (id),
  -- How we know which customer they are.
  customer_by TEXT CHECK (customer_by IN ('host_site', 'link', 'code', 'payment', 'staff')),
  creator TEXT REFERENCES creators (id),
  blocked_at BIGINT,
  erased_at BIGINT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX people_customer ON people (customer, id) WHERE customer IS NOT NULL;
CREATE INDEX people_creator ON people (creator, id) WHERE creator IS NOT NULL;

CREATE TABLE addresses (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL
    CHECK (kind IN ('mail', 'phone', 'chat', 'whatsapp', 'telegram', 'other')),
  value TEXT NOT NULL,
  verified_at BIGINT,
  verified_by TEXT CHECK (verified_by IN ('host_site', 'link', 'code', 'payment', 'staff')),
  bounced_at BIGINT,
  bounce TEXT,
  created_at BIGINT NOT NULL,
  UNIQUE (kind, value),
  CHECK ((verified_at IS NULL) = (verified_by IS NULL))
) STRICT;
CREATE INDEX addresses_of ON addresses (person, id);

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'open', 'waiting_customer',
    'waiting_third_party', 'snoozed', 'solved', 'closed')),
  waiting_for TEXT
    CHECK (waiting_for IN ('processor', 'creator', 'studio', 'bank', 'engineering')),
  priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  audience TEXT NOT NULL CHECK (audience IN ('customer', 'creator', 'studio')),
  side TEXT NOT NULL CHECK (side IN ('mine', 'creator', 'unknown')),
  topic TEXT,
  team TEXT NOT NULL CHECK (team IN ('support', 'finance', 'complaints')),
  assignee TEXT REFERENCES staff (id),
  requester TEXT NOT NULL REFERENCES people (id),
  origin TEXT NOT NULL CHECK (origin IN ('form', 'mail', 'chat', 'whatsapp', 'telegram', 'other',
    'phone', 'api', 'import', 'billing', 'staff')),
  language TEXT NOT NULL,
  -- A JSON list; the same words are in `case_tags`, to be found by.
  tags TEXT NOT NULL,
  spam_at BIGINT,
  merged_into TEXT REFERENCES cases (id),
  legal_hold TEXT,
  snoozed_until BIGINT,
  due_at BIGINT,
  due_kind TEXT,
  level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 2),
  first_answer_at BIGINT,
  solved_at BIGINT,
  closed_at BIGINT,
  reopened BIGINT NOT NULL,
  last_customer_at BIGINT,
  last_staff_at BIGINT,
  -- The number of the last event.
  seq BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK ((state = 'waiting_third_party') = (waiting_for IS NOT NULL)),
  CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (merged_into IS NULL OR merged_into <> id)
) STRICT;
CREATE INDEX cases_of ON cases (requester, id);
CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;
-- The inbox: what is before staff, the first due first.
CREATE INDEX cases_due ON cases (COALESCE(due_at, 9223372036854775807), id)
  WHERE state NOT IN ('solved', 'closed') AND merged_into IS NULL AND spam_at IS NULL;
CREATE INDEX cases_assigned ON cases (assignee, id)
  WHERE state NOT IN ('solved', 'closed') AND merged_into IS NULL AND spam_at IS NULL;
CREATE INDEX cases_spam ON cases (id) WHERE spam_at IS NOT NULL;
CREATE INDEX cases_solved ON cases (solved_at, id) WHERE state = 'solved';

CREATE TABLE case_tags (
  tag TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (tag, case_id)
) STRICT;
CREATE INDEX case_tags_of ON case_tags (case_id);

CREATE TABLE case_threads (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('customer', 'internal', 'creator', 'processor')),
  -- Which creator or processor account; empty for the other two.
  partner TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (case_id, kind, partner),
  CHECK ((kind IN ('creator', 'processor')) = (partner <> ''))
) STRICT;

CREATE TABLE case_messages (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  thread TEXT NOT NULL REFERENCES case_threads (id),
  thread_kind TEXT NOT NULL
    CHECK (thread_kind IN ('customer', 'internal', 'creator', 'processor')),
  -- The case it was written in, if that was merged into this one: so that it can go back.
  home TEXT REFERENCES cases (id),
  seq BIGINT NOT NULL,
  -- The number by which those outside see it; none while it can still be taken back.
  shown_seq BIGINT,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out', 'note', 'system')),
  author TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('form', 'mail', 'chat', 'whatsapp', 'telegram',
    'other', 'phone', 'api', 'import', 'billing', 'staff')),
  address TEXT REFERENCES addresses (id),
  body_text TEXT NOT NULL,
  fresh TEXT NOT NULL,
  body_html TEXT,
  language TEXT NOT NULL,
  source_id TEXT,
  mail_id TEXT,
  automatic TEXT,
  bounce TEXT,
  verdict TEXT,
  delivery TEXT NOT NULL CHECK (delivery IN ('none', 'waiting', 'queued', 'sent', 'delivered',
    'read', 'failed', 'withdrawn')),
  undo_until BIGINT,
  translated TEXT,
  created_at BIGINT NOT NULL,
  withdrawn_at BIGINT,
  redacted_at BIGINT,
  -- What came before is not written again.
  UNIQUE (channel, source_id),
  UNIQUE (case_id, seq)
) STRICT;
CREATE INDEX case_messages_thread ON case_messages (thread, seq);
CREATE INDEX case_messages_mail ON case_messages (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX case_messages_home ON case_messages (home) WHERE home IS NOT NULL;

CREATE TABLE case_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT;

CREATE TABLE case_people (
  case_id TEXT NOT NULL REFERENCES cases (id),
  address TEXT NOT NULL REFERENCES addresses (id),
  role TEXT NOT NULL
    CHECK (role IN ('requester', 'cc', 'creator', 'studio', 'processor', 'observer')),
  -- For a creator's or a processor's people: which creator or processor account.
  partner TEXT,
  may_read BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, address)
) STRICT;
CREATE INDEX case_people_of ON case_people (address, case_id);

-- What of the money side a case is about, to be found from both ends.
CREATE TABLE case_refs (
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('subject', 'evidence', 'result')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, kind, ref, role)
) STRICT;
CREATE INDEX case_refs_to ON case_refs (kind, ref, case_id);

CREATE TABLE case_links (
  from_case TEXT NOT NULL REFERENCES cases (id),
  to_case TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('follow_up', 'merged', 'split', 'duplicate', 'parent',
    'incident', 'related')),
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (from_case, to_case, kind),
  CHECK (from_case <> to_case)
) STRICT;
CREATE INDEX case_links_to ON case_links (to_case, from_case);

CREATE TABLE files (
  id TEXT PRIMARY KEY,
  blob TEXT NOT NULL,
  name TEXT NOT NULL,
  safe_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  -- SHA-256 of the bytes as they were sent; `blob` names them as they are kept.
  hash TEXT NOT NULL,
  width BIGINT,
  height BIGINT,
  inline_id TEXT,
  flagged TEXT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX files_blob ON files (blob);

CREATE TABLE message_files (
  message TEXT NOT NULL REFERENCES case_messages (id),
  file TEXT NOT NULL REFERENCES files (id),
  nth BIGINT NOT NULL,
  PRIMARY KEY (message, nth)
) STRICT;
CREATE INDEX message_files_file ON message_files (file);
