-- A merge can be undone whole: who takes part and what a case is about remember the case that they
-- came over from.
ALTER TABLE case_people ADD COLUMN home TEXT REFERENCES cases (id);
ALTER TABLE case_refs ADD COLUMN home TEXT REFERENCES cases (id);
