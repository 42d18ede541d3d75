-- Searches find the newest first and stop there, however many documents hold a word.

-- GIN knows no order: it gives every document that holds a word, and a frequent word is in most of
-- a million. So words are kept by room and epoch, the 8 192 documents that follow each other by
-- their number: `help67~refund`. A search walks from the newest epoch back until it has seen
-- enough. Who may find a document is a word of it too (`help67~s_` and the scope), for those who
-- may see little.
DROP INDEX search_documents_words;

-- Without a list of pending words: every epoch of every search would read all of it.
CREATE INDEX search_documents_words ON search_documents USING gin (
  array_to_tsvector(
    string_to_array(
      room || (number >> 13) || '~' || replace(tokens, ' ', ' ' || room || (number >> 13) || '~'),
      ' '
    ) || (room || (number >> 13) || '~s_' || scope)
  )
) WITH (fastupdate = off);
