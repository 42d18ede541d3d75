-- What staff keep in the inbox: views of their own, drafts, who looks at what, and how they work.

-- A saved view: a name and what it wants, as data.
CREATE TABLE inbox_views (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  owner TEXT NOT NULL REFERENCES staff (id),
  -- Colleagues see it too.
  shared BIGINT NOT NULL DEFAULT 0,
  wanted TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;

CREATE INDEX inbox_views_by_owner ON inbox_views (owner, id);
CREATE INDEX inbox_views_shared ON inbox_views (shared, id);

-- What somebody has written and not sent: one for each thread of a case.
CREATE TABLE inbox_drafts (
  staff TEXT NOT NULL REFERENCES staff (id),
  case_id TEXT NOT NULL,
  -- `customer`, `internal`, `creator` or `processor`.
  thread TEXT NOT NULL,
  -- Which creator or processor account.
  partner TEXT,
  body TEXT NOT NULL,
  -- The last event of the case that its writer had seen.
  seen BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (staff, case_id, thread)
) STRICT;

CREATE INDEX inbox_drafts_by_case ON inbox_drafts (case_id, staff);

-- Who has a case open. A row counts until its time is over; nobody needs to sign off.
CREATE TABLE inbox_presence (
  case_id TEXT NOT NULL,
  staff TEXT NOT NULL REFERENCES staff (id),
  viewing_until BIGINT NOT NULL,
  typing_until BIGINT NOT NULL,
  PRIMARY KEY (case_id, staff)
) STRICT;

-- How somebody likes to work. No row: as everybody begins.
CREATE TABLE inbox_habits (
  staff TEXT PRIMARY KEY REFERENCES staff (id),
  -- Single letters are commands.
  single_keys BIGINT NOT NULL
) STRICT;
