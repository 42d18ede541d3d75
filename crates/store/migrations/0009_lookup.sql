-- "What is this charge?": what is known of a charge as keyed hashes, how often somebody asks, and
-- how the asking ends.

-- One row for each spelling of each fact of a charge. A hash says nothing without our key.
CREATE TABLE charge_facts (
  payment TEXT NOT NULL REFERENCES payments (id),
  fact TEXT NOT NULL,
  -- `amount`, `card`, `mail`: so that what changes can be written anew.
  kind TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (payment, fact)
) STRICT;
CREATE INDEX charge_facts_by ON charge_facts (fact, taken_at);

-- How often an address or a device (hashed) has looked since when.
CREATE TABLE lookup_tries (
  subject TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  tries BIGINT NOT NULL
) STRICT;
CREATE INDEX lookup_tries_age ON lookup_tries (since);

-- How often which kinds of facts ended how on a day, and which door was taken. No fact is kept.
CREATE TABLE lookup_endings (
  day BIGINT NOT NULL,
  kinds TEXT NOT NULL,
  ending TEXT NOT NULL,
  door TEXT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (day, kinds, ending, door)
) STRICT;
