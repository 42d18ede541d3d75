-- What customers do on their own pages: keys to one case, forms that were sent, how often somebody
-- writes, escalations and ratings; and what was brought in from other desks.

-- A key opens one case for one person. What opens is stored as a hash only.
CREATE TABLE case_keys (
  hash TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  person TEXT NOT NULL REFERENCES people (id),
  -- Where it was sent: whoever has it reads what is sent there. None if it was shown on a page.
  address TEXT REFERENCES addresses (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
) STRICT;
CREATE INDEX case_keys_of ON case_keys (case_id);
CREATE INDEX case_keys_age ON case_keys (expires_at);

-- A form that is sent twice makes one case.
CREATE TABLE contact_forms (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX contact_forms_age ON contact_forms (created_at);

-- How often an address, a device or a mail address (hashed) has written since when.
CREATE TABLE contact_tries (
  subject TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  tries BIGINT NOT NULL
) STRICT;
CREATE INDEX contact_tries_age ON contact_tries (since);

-- A customer had a case decided one level up: each level once.
CREATE TABLE contact_escalations (
  case_id TEXT NOT NULL REFERENCES cases (id),
  level BIGINT NOT NULL CHECK (level IN (1, 2)),
  person TEXT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  decide_by BIGINT NOT NULL,
  PRIMARY KEY (case_id, level)
) STRICT;

-- How a customer found our help; the newest word counts.
CREATE TABLE contact_ratings (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  person TEXT NOT NULL REFERENCES people (id),
  score BIGINT NOT NULL CHECK (score BETWEEN 1 AND 5),
  said TEXT,
  at BIGINT NOT NULL
) STRICT;

-- What was brought in from other desks, so that the same file brings it once.
CREATE TABLE case_imports (
  -- The name of the other desk, and its own id of the case.
  source TEXT NOT NULL,
  item TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (source, item)
) STRICT;
