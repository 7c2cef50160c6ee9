-- Which reading of an article was grouped: compared for copies, put in a story, its statements joined to sayings. An article whose current
-- reading is not here waits for that; what was begun is carried out in one transaction with this row, or not at all.
CREATE TABLE grouped (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  reading TEXT NOT NULL,
  grouped_at TEXT NOT NULL
);
