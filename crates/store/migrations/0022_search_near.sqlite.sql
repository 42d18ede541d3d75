-- Searches find the newest first and stop there, however many documents hold a word.

DROP TRIGGER search_documents_put;
DROP TRIGGER search_documents_removed;
DROP TRIGGER search_documents_changed;
DROP TABLE search_words;

-- Who may find a document is a word of it too (`s_` and the scope's bytes), for those who may see
-- little.
CREATE VIEW search_lexemes AS
  SELECT number, tokens || ' s_' || hex(scope) AS tokens FROM search_documents;

-- The tokens are ready: whatever is not a blank belongs to one. Their places do not matter. What
-- words begin with has lists of its own, or every letter typed would merge those of many words.
CREATE VIRTUAL TABLE search_words USING fts5 (
  tokens,
  content = 'search_lexemes',
  content_rowid = 'number',
  tokenize = "ascii tokenchars '_'",
  prefix = '3 4 5 6',
  detail = none,
  columnsize = 0
);

CREATE TRIGGER search_documents_put AFTER INSERT ON search_documents BEGIN
  INSERT INTO search_words (rowid, tokens)
    VALUES (new.number, new.tokens || ' s_' || hex(new.scope));
END;
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
  INSERT INTO search_words (search_words, rowid, tokens)
    VALUES ('delete', old.number, old.tokens || ' s_' || hex(old.scope));
END;
CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents
  WHEN old.tokens <> new.tokens OR old.scope <> new.scope OR old.number <> new.number BEGIN
  INSERT INTO search_words (search_words, rowid, tokens)
    VALUES ('delete', old.number, old.tokens || ' s_' || hex(old.scope));
  INSERT INTO search_words (rowid, tokens)
    VALUES (new.number, new.tokens || ' s_' || hex(new.scope));
END;

INSERT INTO search_words (search_words) VALUES ('rebuild');
