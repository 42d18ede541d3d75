-- What is sold, what is collected, what processors say about it, and where tokens come from.

CREATE TABLE token_packs (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  tokens BIGINT NOT NULL CHECK (tokens > 0),
  -- A JSON list of {amount, currency}, one per currency.
  prices TEXT NOT NULL,
  active BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;

CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  checkout TEXT NOT NULL,
  pack TEXT NOT NULL REFERENCES token_packs (id),
  tokens BIGINT NOT NULL CHECK (tokens > 0),
  amount BIGINT NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  needs_attention TEXT,
  authorized BIGINT NOT NULL,
  captured BIGINT NOT NULL,
  refunded BIGINT NOT NULL,
  disputed BIGINT NOT NULL,
  outcome_known BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK (captured <= authorized AND refunded >= 0 AND disputed >= 0),
  CHECK (refunded + disputed <= captured)
) STRICT;
CREATE INDEX payments_of ON payments (customer, id);
CREATE INDEX payments_in ON payments (state, id);
CREATE INDEX payments_attention ON payments (id) WHERE needs_attention IS NOT NULL;

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  payment TEXT NOT NULL REFERENCES payments (id),
  account TEXT NOT NULL,
  state TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  captured BIGINT NOT NULL,
  refunded BIGINT NOT NULL,
  disputed BIGINT NOT NULL,
  transaction_id TEXT,
  card TEXT,
  decline TEXT,
  provisional BIGINT NOT NULL,
  go_to TEXT,
  -- When the processor was last asked about it.
  asked_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CHECK (refunded + disputed <= captured AND captured <= amount)
) STRICT;
CREATE INDEX attempts_of ON attempts (payment, id);
CREATE INDEX attempts_known_as ON attempts (account, transaction_id)
  WHERE transaction_id IS NOT NULL;
-- Whatever happens, a customer is never asked twice at once.
CREATE UNIQUE INDEX attempts_one_unresolved ON attempts (payment) WHERE state IN
  ('created', 'sent', 'action_required', 'pending', 'unknown', 'authorized');

CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  attempt TEXT NOT NULL REFERENCES attempts (id),
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL,
  transaction_id TEXT,
  proof TEXT,
  reason TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
) STRICT;
CREATE INDEX operations_of ON operations (attempt, id);

CREATE TABLE checkouts (
  id TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  payment TEXT NOT NULL UNIQUE REFERENCES payments (id),
  pack TEXT NOT NULL REFERENCES token_packs (id),
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  return_url TEXT,
  account TEXT,
  secret_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
) STRICT;
CREATE INDEX checkouts_of ON checkouts (customer, id);

-- Raw messages as they came; the bytes of the body are in `blobs`.
CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  method TEXT NOT NULL,
  sender TEXT NOT NULL,
  headers TEXT NOT NULL,
  query TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  filed TEXT NOT NULL,
  reason TEXT,
  kind TEXT,
  words TEXT NOT NULL,
  payment TEXT,
  attempt TEXT,
  reads TEXT NOT NULL
) STRICT;
CREATE INDEX notices_filed ON notices (filed, id);
CREATE INDEX notices_from ON notices (account, filed, received_at);
CREATE INDEX notices_of ON notices (payment, id) WHERE payment IS NOT NULL;

-- Each fact a processor told, once, however often it is told.
CREATE TABLE notice_facts (
  account TEXT NOT NULL,
  dedupe TEXT NOT NULL,
  notice TEXT NOT NULL REFERENCES notices (id),
  filed TEXT NOT NULL,
  reason TEXT,
  payment TEXT,
  attempt TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account, dedupe)
) STRICT;

CREATE TABLE lots (
  id TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  payment TEXT NOT NULL REFERENCES payments (id),
  attempt TEXT NOT NULL UNIQUE REFERENCES attempts (id),
  tokens BIGINT NOT NULL CHECK (tokens > 0),
  -- Taken out again because the money went back.
  removed BIGINT NOT NULL CHECK (removed >= 0 AND removed <= tokens),
  amount BIGINT NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  bought_at BIGINT NOT NULL
) STRICT;
CREATE INDEX lots_of ON lots (customer, id);
CREATE INDEX lots_by_time ON lots (bought_at);
CREATE INDEX lots_when ON lots (bought_at);

-- Money that went back, and what that did to tokens.
CREATE TABLE reversals (
  id TEXT PRIMARY KEY,
  payment TEXT NOT NULL REFERENCES payments (id),
  attempt TEXT NOT NULL REFERENCES attempts (id),
  operation TEXT REFERENCES operations (id),
  taken_back_by TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  lost BIGINT NOT NULL CHECK (lost >= 0 AND lost <= amount),
  tokens BIGINT NOT NULL CHECK (tokens >= 0),
  transaction_id TEXT,
  created_at BIGINT NOT NULL,
  -- A dispute that was won: the money came back again.
  undone_at BIGINT
) STRICT;
CREATE INDEX reversals_of ON reversals (attempt, id);

CREATE TABLE tips (
  id TEXT PRIMARY KEY,
  customer TEXT NOT NULL,
  creator TEXT NOT NULL,
  tokens BIGINT NOT NULL CHECK (tokens > 0),
  creator_share BIGINT NOT NULL CHECK (creator_share >= 0 AND creator_share <= tokens),
  note TEXT,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX tips_by ON tips (customer, id);
CREATE INDEX tips_for ON tips (creator, id);

CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  payment TEXT NOT NULL REFERENCES payments (id),
  attempt TEXT NOT NULL UNIQUE REFERENCES attempts (id),
  body TEXT NOT NULL,
  issued_at BIGINT NOT NULL
) STRICT;
CREATE INDEX receipts_of ON receipts (payment);

-- The last number given out, so that the numbers of a year have no gap.
CREATE TABLE receipt_numbers (
  year BIGINT PRIMARY KEY,
  last BIGINT NOT NULL
) STRICT;
