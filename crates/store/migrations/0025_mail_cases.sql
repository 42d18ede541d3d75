-- Which case a mail belongs to, so that it is shown to whoever may see the case.
ALTER TABLE mails ADD COLUMN case_id TEXT;
UPDATE mails SET case_id = about WHERE kind IN ('case_link', 'case_ack');
UPDATE mails SET case_id = (SELECT case_messages.case_id FROM case_messages
  WHERE case_messages.id = mails.about) WHERE kind = 'case_answer';
