-- Which account a payment goes to: the rules, who changed them when, and the trace of each choice.

-- Never changed once written: a trace names the version it was made by.
CREATE TABLE route_sets (
  version BIGINT PRIMARY KEY CHECK (version > 0),
  -- A JSON object of rules.
  body TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;

-- Which version is live: the last row says. Version 0 is the one that ships.
CREATE TABLE route_changes (
  nth BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;

-- What staff say about an account over its configuration: the last row of an account says.
CREATE TABLE account_switches (
  nth BIGINT PRIMARY KEY,
  account TEXT NOT NULL,
  -- Empty: as configured.
  status TEXT,
  why TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX account_switches_of ON account_switches (account, nth);

-- Why each attempt went where it went, with everything the choice was made of.
CREATE TABLE attempt_routes (
  attempt TEXT PRIMARY KEY REFERENCES attempts (id),
  payment TEXT NOT NULL REFERENCES payments (id),
  version BIGINT NOT NULL,
  rule TEXT,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX attempt_routes_of ON attempt_routes (payment, attempt);

-- What an account took today and this month, and how its last day went.
CREATE INDEX attempts_on ON attempts (account, created_at);
