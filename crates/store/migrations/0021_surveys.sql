-- For whom a macro is; one survey for each case that was solved, and who wants none.

-- Empty: for the cases of every team.
ALTER TABLE macros ADD COLUMN for_team TEXT
  CHECK (for_team IN ('support', 'finance', 'complaints'));
ALTER TABLE macros ADD COLUMN for_who TEXT NOT NULL DEFAULT 'everybody'
  CHECK (for_who IN ('everybody', 'leads', 'finance', 'admins'));

-- Each case is decided on once: asked, or not asked and why.
CREATE TABLE surveys (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
  person TEXT NOT NULL REFERENCES people (id),
  outcome TEXT NOT NULL,
  -- Where it went, if it was sent.
  address TEXT REFERENCES addresses (id),
  -- The word that stops surveys for this address. What opens is stored as a hash only.
  stop_hash TEXT UNIQUE,
  decided_at BIGINT NOT NULL,
  CHECK ((outcome = 'sent') = (address IS NOT NULL)),
  CHECK ((outcome = 'sent') = (stop_hash IS NOT NULL))
) STRICT;
CREATE INDEX surveys_sent ON surveys (person, decided_at) WHERE outcome = 'sent';
CREATE INDEX surveys_age ON surveys (decided_at) WHERE outcome = 'sent';

-- Addresses whose readers want no more surveys.
CREATE TABLE survey_stops (
  address TEXT PRIMARY KEY REFERENCES addresses (id),
  stopped_at BIGINT NOT NULL
) STRICT;

-- Cases by the time at which they were solved, closed ones too.
CREATE INDEX cases_done ON cases (solved_at, id) WHERE solved_at IS NOT NULL;
CREATE INDEX contact_ratings_age ON contact_ratings (at, case_id);
