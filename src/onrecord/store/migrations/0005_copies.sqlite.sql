-- Articles by a number, since fingerprints name them by the million.
CREATE TABLE sketches (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL UNIQUE REFERENCES articles (id)
);

-- A fingerprint and the article it is of in one whole number: 36 bits of the hash, then 27 of the number. As the key of the table (of 64 bits;
-- BIGINT in PostgreSQL) it is all that a row has: a third of the space of two columns with an index.
CREATE TABLE fingerprints (
  mark INTEGER PRIMARY KEY
);

-- Which article is a copy of which, as both texts say it. A row stays while either is removed; answers join the current articles.
CREATE TABLE copies (
  article TEXT NOT NULL REFERENCES articles (id),
  of TEXT NOT NULL REFERENCES articles (id),
  kind TEXT NOT NULL,
  jaccard DOUBLE PRECISION NOT NULL,
  containment DOUBLE PRECISION NOT NULL,
  contained DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (article, of)
);
CREATE INDEX copies_by_original ON copies (of, article);
