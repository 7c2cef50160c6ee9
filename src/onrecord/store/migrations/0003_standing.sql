-- How sure a record is together with what it stands in: the least confidence among them, which lists are filtered by.
ALTER TABLE statements ADD COLUMN standing DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE conditions ADD COLUMN standing DOUBLE PRECISION NOT NULL DEFAULT 0;
-- UNION, so that a circle ends.
UPDATE statements SET standing = (
  WITH RECURSIVE around (id, within, confidence) AS (
    SELECT s.id, s.within, s.confidence FROM statements s WHERE s.reading = statements.reading AND s.id = statements.id
    UNION
    SELECT s.id, s.within, s.confidence FROM around a JOIN statements s ON s.id = a.within WHERE s.reading = statements.reading
  )
  SELECT MIN(confidence) FROM around
);
UPDATE conditions SET standing = (
  SELECT CASE WHEN s.standing < conditions.confidence THEN s.standing ELSE conditions.confidence END
  FROM (SELECT 1 AS one) o LEFT JOIN statements s ON s.reading = conditions.reading AND s.id = conditions.statement
);
-- With it as the last column, what is too unsure is passed over without looking at the record.
DROP INDEX statements_by_day;
CREATE INDEX statements_by_day ON statements (reading, wide, first_day, position, seq, standing);
DROP INDEX conditions_by_day;
CREATE INDEX conditions_by_day ON conditions (reading, wide, first_day, position, seq, standing);
