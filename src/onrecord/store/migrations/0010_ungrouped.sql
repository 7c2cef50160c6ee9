-- Articles that answers are given from and whose current reading was not grouped yet. All of it follows from current_articles and grouped, and
-- verify compares; it is kept because looking for them among all articles would cost more with each one that is added.
CREATE TABLE ungrouped (
  article TEXT PRIMARY KEY REFERENCES articles (id)
);
INSERT INTO ungrouped (article)
SELECT c.article FROM current_articles c LEFT JOIN grouped g ON g.article = c.article AND g.reading = c.reading WHERE g.article IS NULL;
