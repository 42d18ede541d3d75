-- Who buys, who earns, who works in the console, and what lets them in.

CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  -- The host site's own id of the same person.
  external_ref TEXT UNIQUE,
  email TEXT,
  name TEXT,
  language TEXT NOT NULL,
  country TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX customers_email ON customers (email) WHERE email IS NOT NULL;

CREATE TABLE creators (
  id TEXT PRIMARY KEY,
  external_ref TEXT UNIQUE,
  name TEXT NOT NULL,
  -- What the creator gets of a spend, in hundredths of a per cent.
  share_bp BIGINT NOT NULL CHECK (share_bp BETWEEN 0 AND 10000),
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('agent', 'lead', 'finance', 'admin')),
  -- Argon2id in its own text form; empty until the first password is chosen.
  password TEXT,
  -- Sealed by the vault; the pending one has not been confirmed with a code yet.
  totp TEXT,
  totp_pending TEXT,
  -- The last time step whose code was used: it and earlier ones open nothing any more.
  totp_step BIGINT NOT NULL DEFAULT 0,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL
) STRICT;

-- Sign-in links of staff. What opens is stored as a hash only, here and below.
CREATE TABLE staff_links (
  hash TEXT PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
) STRICT;
CREATE INDEX staff_links_of ON staff_links (staff);

CREATE TABLE recovery_codes (
  staff TEXT NOT NULL REFERENCES staff (id),
  hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (staff, hash)
) STRICT;

CREATE TABLE customer_links (
  hash TEXT PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
) STRICT;
CREATE INDEX customer_links_age ON customer_links (expires_at);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  -- A customer's or a staff member's id.
  who TEXT NOT NULL,
  opened_by TEXT NOT NULL CHECK (opened_by IN ('password', 'link')),
  -- What the browser calls itself, cut short.
  device TEXT,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
) STRICT;
CREATE INDEX sessions_of ON sessions (who, id);
CREATE INDEX sessions_age ON sessions (expires_at);

-- Tries to sign in that have not succeeded, per mail address and per network address (hashed).
CREATE TABLE sign_in_tries (
  subject TEXT PRIMARY KEY,
  tries BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
) STRICT;
CREATE INDEX sign_in_tries_age ON sign_in_tries (last_at);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- Words such as `payments:write`, with spaces between.
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_used_at BIGINT
) STRICT;
