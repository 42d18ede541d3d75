-- The books: accounts, transfers, and what is needed to decide on the next one.
--
-- Ids are 16 bytes, big end first; numbers that are zero are left empty in transfers. `seal` is a
-- checksum of the row, kept where no server keeps one (SQLite).

-- `number` is what transfers call the account by: 1, 2, 3 … on SQLite, which keeps accounts in
-- memory and writes the four sums at checkpoints; its timestamp on PostgreSQL, which has no one
-- to count. `touched` is the timestamp of the newest transfer that the sums contain.
CREATE TABLE ledger_accounts (
  number BIGINT PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  debits_pending BIGINT NOT NULL CHECK (debits_pending >= 0),
  debits_posted BIGINT NOT NULL CHECK (debits_posted >= 0),
  credits_pending BIGINT NOT NULL CHECK (credits_pending >= 0),
  credits_posted BIGINT NOT NULL CHECK (credits_posted >= 0),
  user_data_128 BLOB,
  user_data_64 BIGINT,
  user_data_32 BIGINT,
  ledger BIGINT NOT NULL,
  code BIGINT NOT NULL,
  flags BIGINT NOT NULL,
  timestamp BIGINT NOT NULL,
  touched BIGINT NOT NULL,
  seal BIGINT
) STRICT;

-- The log: one row a transfer, in order. A row without an id is the expiry of a hold. The ledger
-- of a transfer is that of its accounts. What accounts have which transfers is kept elsewhere.
CREATE TABLE ledger_transfers (
  timestamp BIGINT PRIMARY KEY,
  id BLOB UNIQUE,
  debit BIGINT NOT NULL,
  credit BIGINT NOT NULL,
  amount BIGINT,
  code BIGINT NOT NULL,
  flags BIGINT,
  seal BIGINT,
  user_data_128 BLOB,
  pending_id BLOB,
  user_data_64 BIGINT,
  user_data_32 BIGINT,
  timeout BIGINT
) STRICT;

-- A hold resolves once; this is also how its end is found.
CREATE UNIQUE INDEX ledger_transfers_resolving ON ledger_transfers (pending_id)
  WHERE pending_id IS NOT NULL;

-- Holds that are still open.
CREATE TABLE ledger_holds (
  id BLOB PRIMARY KEY,
  timestamp BIGINT NOT NULL,
  expires_at BIGINT
) STRICT;
CREATE INDEX ledger_holds_due ON ledger_holds (expires_at) WHERE expires_at IS NOT NULL;

-- Ids of transfers that failed for a passing reason, so that they never succeed later.
CREATE TABLE ledger_burnt (
  id BLOB PRIMARY KEY,
  timestamp BIGINT NOT NULL
) STRICT;

-- The sums of accounts that keep their history, after each of their transfers.
CREATE TABLE ledger_balances (
  account BIGINT NOT NULL,
  timestamp BIGINT NOT NULL,
  debits_pending BIGINT NOT NULL,
  debits_posted BIGINT NOT NULL,
  credits_pending BIGINT NOT NULL,
  credits_posted BIGINT NOT NULL,
  PRIMARY KEY (account, timestamp)
) STRICT;

-- Up to where the sums of all accounts are written. What came after is replayed at start.
CREATE TABLE ledger_checkpoint (
  only BIGINT PRIMARY KEY CHECK (only = 1),
  upto BIGINT NOT NULL
) STRICT;
INSERT INTO ledger_checkpoint (only, upto) VALUES (1, 0);

-- Which accounts have which transfers: sorted runs of (account, timestamp), each of a stretch of
-- the log, cut into chunks. What came after the newest run is in memory and rebuilt at start.
CREATE TABLE ledger_runs (
  run BIGINT PRIMARY KEY,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL
) STRICT;
CREATE TABLE ledger_run_pairs (
  run BIGINT NOT NULL,
  first BIGINT NOT NULL,
  nth BIGINT NOT NULL,
  pairs BLOB NOT NULL,
  PRIMARY KEY (run, first, nth)
) STRICT;

-- 0, 1, 2 … 8191: what cuts the rows of a request out of one string of bytes.
CREATE TABLE ledger_numbers (
  n BIGINT PRIMARY KEY
) STRICT;
INSERT INTO ledger_numbers (n)
  WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < 8191)
  SELECT n FROM counted;
