-- Which bytes were fetched where, and the article that a cutter made of them: what was cut once need not be cut again. Of bytes that differ
-- from those kept in raw only beside the text, the digest alone is here.
CREATE TABLE fetches (
  raw TEXT NOT NULL,
  address TEXT NOT NULL,
  cutter TEXT NOT NULL,
  article TEXT NOT NULL REFERENCES articles (id),
  fetched_at TEXT,
  PRIMARY KEY (raw, address, cutter)
);
CREATE INDEX fetches_by_article ON fetches (article, fetched_at);
