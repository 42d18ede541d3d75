-- Outcomes: by which ids a house knows an attempt, what may be asked again, who vouched for what,
-- what may be charged again, and the files that prove what was taken.

ALTER TABLE attempts ADD COLUMN asked TEXT;
ALTER TABLE attempts ADD COLUMN capture_later BIGINT NOT NULL DEFAULT 0;
-- When the customer approved, and when the last call that takes the money left.
ALTER TABLE attempts ADD COLUMN approved_at BIGINT;
ALTER TABLE attempts ADD COLUMN completing_at BIGINT;

CREATE TABLE attempt_ids (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  attempt TEXT NOT NULL REFERENCES attempts (id),
  PRIMARY KEY (account, id)
) STRICT;
INSERT INTO attempt_ids (account, id, attempt)
  SELECT account, transaction_id, MIN(id) FROM attempts
  WHERE transaction_id IS NOT NULL GROUP BY account, transaction_id;

-- What a processor keeps of a customer and may be charged again: its name there, never a number.
CREATE TABLE instruments (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  customer TEXT NOT NULL REFERENCES customers (id),
  card TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account, id, customer)
) STRICT;
CREATE INDEX instruments_of ON instruments (customer, account);

-- People who vouched for an outcome that no processor tells.
CREATE TABLE hand_proofs (
  attempt TEXT NOT NULL REFERENCES attempts (id),
  actor TEXT NOT NULL,
  outcome TEXT NOT NULL,
  evidence TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (attempt, actor)
) STRICT;

-- The house was asked whether a message is its own, and said yes.
ALTER TABLE notices ADD COLUMN proven_at BIGINT;

-- Settlement files as they came (the bytes are in `blobs`), and their lines.
CREATE TABLE settlement_files (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  lines BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  UNIQUE (account, hash)
) STRICT;
CREATE TABLE settlement_lines (
  file TEXT NOT NULL REFERENCES settlement_files (id),
  nth BIGINT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  transaction_id TEXT,
  reference TEXT,
  gross BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  currency TEXT NOT NULL,
  occurred_at BIGINT,
  -- Whether it fits what we know: matched, unmatched, differs, noted.
  standing TEXT NOT NULL,
  reason TEXT,
  attempt TEXT,
  PRIMARY KEY (file, nth)
) STRICT;
CREATE INDEX settlement_lines_standing ON settlement_lines (standing, file, nth);
