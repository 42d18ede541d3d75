-- Mail on its way out, and what became of it.

CREATE TABLE mails (
  id TEXT PRIMARY KEY,
  -- What it is, and what it is about: the same is never written twice.
  kind TEXT NOT NULL,
  about TEXT,
  to_address TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  -- Of the header Message-ID: the same at every try, so that a mail that was taken without a word
  -- and sent again is shown once.
  message_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'kept')),
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  UNIQUE (kind, about)
) STRICT;
