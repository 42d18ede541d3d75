-- What customers are promised and how it is kept; answers and macros of staff; what customers
-- thought of it; and how long words are kept.

-- Each version of the promises. A change holds from then on: clocks keep what they began with.
CREATE TABLE promises (
  version BIGINT PRIMARY KEY,
  rules TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;

CREATE TABLE case_clocks (
  case_id TEXT NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('first_answer', 'next_answer', 'solution', 'hard')),
  -- Counts the clocks of one kind in a case.
  nth BIGINT NOT NULL,
  warn_minutes BIGINT NOT NULL,
  breach_minutes BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  running_since BIGINT,
  -- Working time of spans that are over, in microseconds.
  worked BIGINT NOT NULL,
  warn_at BIGINT,
  due_at BIGINT,
  warned_at BIGINT,
  breached_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (case_id, kind, nth)
) STRICT;
CREATE INDEX case_clocks_warn ON case_clocks (warn_at) WHERE warned_at IS NULL;
CREATE INDEX case_clocks_due ON case_clocks (due_at) WHERE breached_at IS NULL;

-- Answers that staff have ready, in each language.
CREATE TABLE answers (
  id TEXT PRIMARY KEY,
  -- Typed after a semicolon to insert it.
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  version BIGINT NOT NULL,
  -- Who wrote this version; empty for those that ship.
  by_staff TEXT REFERENCES staff (id),
  retired_at BIGINT,
  updated_at BIGINT NOT NULL
) STRICT;

CREATE TABLE answer_texts (
  answer TEXT NOT NULL REFERENCES answers (id),
  -- Earlier versions stay, so that one can see what customers were told.
  version BIGINT NOT NULL,
  language TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (answer, version, language)
) STRICT;

-- Several deeds under one name.
CREATE TABLE macros (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  steps TEXT NOT NULL,
  version BIGINT NOT NULL,
  by_staff TEXT REFERENCES staff (id),
  retired_at BIGINT,
  updated_at BIGINT NOT NULL
) STRICT;

-- A macro on a case, step by step: what was done stays done where a later step stops.
CREATE TABLE macro_runs (
  id TEXT PRIMARY KEY,
  macro TEXT NOT NULL REFERENCES macros (id),
  macro_version BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  by_staff TEXT NOT NULL REFERENCES staff (id),
  -- How many steps are done.
  steps_done BIGINT NOT NULL,
  -- Why it stopped, in the words of the step that stopped it.
  stopped TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT
) STRICT;
CREATE INDEX macro_runs_of ON macro_runs (case_id, id);
