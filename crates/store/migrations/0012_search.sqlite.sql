-- What people look for by its words: the same token text on both databases, here with FTS5 over it.

-- `tokens` holds every word in its search forms, sorted: `r_` and the room, `t_` and a form for
-- words of the title, bare forms for all words. Rust makes them, so that both databases find the
-- same. `number` grows: of equals, what came last is found first.
CREATE TABLE search_documents (
  number BIGINT PRIMARY KEY,
  room TEXT NOT NULL,
  id TEXT NOT NULL,
  part TEXT NOT NULL,
  scope TEXT NOT NULL,
  language TEXT NOT NULL,
  tokens TEXT NOT NULL,
  UNIQUE (room, id, part)
) STRICT;

-- The tokens are ready: whatever is not a blank belongs to one. Their places do not matter.
CREATE VIRTUAL TABLE search_words USING fts5 (
  tokens,
  content = 'search_documents',
  content_rowid = 'number',
  tokenize = "ascii tokenchars '_'",
  detail = none,
  columnsize = 0
);

CREATE TRIGGER search_documents_put AFTER INSERT ON search_documents BEGIN
  INSERT INTO search_words (rowid, tokens) VALUES (new.number, new.tokens);
END;
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
  INSERT INTO search_words (search_words, rowid, tokens)
    VALUES ('delete', old.number, old.tokens);
END;
CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents
  WHEN old.tokens <> new.tokens BEGIN
  INSERT INTO search_words (search_words, rowid, tokens)
    VALUES ('delete', old.number, old.tokens);
  INSERT INTO search_words (rowid, tokens) VALUES (new.number, new.tokens);
END;
