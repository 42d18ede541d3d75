-- The help centre: articles in several languages with every version of them, and what readers say.

-- `words` is JSON: for each language a name, and a slug for addresses.
CREATE TABLE help_categories (
  key TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  words TEXT NOT NULL
) STRICT;

-- `key` names what ships with Paydesk; `doors` are the audiences that may read it; `top` is its
-- place among the first things people are shown, 0 for none.
CREATE TABLE help_articles (
  id TEXT PRIMARY KEY,
  key TEXT UNIQUE,
  category TEXT NOT NULL REFERENCES help_categories (key),
  doors TEXT NOT NULL,
  next TEXT,
  top BIGINT NOT NULL,
  position BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
) STRICT;
CREATE INDEX help_articles_in ON help_articles (category, position, id);

CREATE TABLE help_doors (
  door TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES help_articles (id),
  PRIMARY KEY (door, article)
) STRICT;

-- `head` is the newest version, `live` the one that is read. `follows` is the version of the
-- English text that a translation is of. `starter` is the digest of the text that shipped, as long
-- as nobody has written over it.
CREATE TABLE help_translations (
  article TEXT NOT NULL REFERENCES help_articles (id),
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'published', 'archived')),
  head BIGINT NOT NULL,
  live BIGINT,
  follows BIGINT,
  publish_at BIGINT,
  starter TEXT,
  published_by TEXT,
  published_at BIGINT,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (article, language)
) STRICT;
CREATE INDEX help_translations_state ON help_translations (state, article);

CREATE TABLE help_versions (
  article TEXT NOT NULL,
  language TEXT NOT NULL,
  number BIGINT NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  body TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (article, language, number)
) STRICT;

-- Every slug an article ever had, so that old links still lead there.
CREATE TABLE help_slugs (
  language TEXT NOT NULL,
  slug TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES help_articles (id),
  PRIMARY KEY (language, slug)
) STRICT;
CREATE INDEX help_slugs_any ON help_slugs (slug);

-- "Did this help": one voice for each reader and day. `visitor` is a keyed hash.
CREATE TABLE help_votes (
  article TEXT NOT NULL,
  day BIGINT NOT NULL,
  visitor TEXT NOT NULL,
  language TEXT NOT NULL,
  helped BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (article, day, visitor)
) STRICT;
CREATE INDEX help_votes_at ON help_votes (at);

-- What was looked for and not found, without what may be somebody's own.
CREATE TABLE help_misses (
  language TEXT NOT NULL,
  words TEXT NOT NULL,
  door TEXT,
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (language, words)
) STRICT;
CREATE INDEX help_misses_times ON help_misses (times, last_at);
