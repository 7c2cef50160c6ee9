-- What an article is known by when stories are sought: numbers made of its words, and the few terms that reasons may name.
CREATE TABLE story_traits (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  -- a short name for the article in the index below
  number INTEGER NOT NULL UNIQUE,
  -- msgpack
  packed BYTEA NOT NULL
);

-- The few terms by which an article is found again. The day is 0 where the day of publication is not known.
CREATE TABLE story_terms (
  term BIGINT NOT NULL,
  day INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (term, day, number)
);

-- A story's id never vanishes: where it has no members any more, a redirect says where they went.
CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  begun_at TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  articles INTEGER NOT NULL
);
CREATE INDEX stories_by_last_day ON stories (last_day, id);

CREATE TABLE memberships (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  story TEXT NOT NULL REFERENCES stories (id),
  day INTEGER NOT NULL,
  score REAL NOT NULL,
  nearest TEXT,
  -- JSON, for display only
  reasons TEXT NOT NULL,
  rule TEXT NOT NULL,
  placed_at TEXT NOT NULL
);
CREATE INDEX memberships_by_story ON memberships (story, day, article);

CREATE TABLE story_redirects (
  story TEXT PRIMARY KEY REFERENCES stories (id),
  to_story TEXT NOT NULL REFERENCES stories (id),
  since TEXT NOT NULL
);
CREATE INDEX story_redirects_by_target ON story_redirects (to_story);

-- What a person decided: dated, signed, and undone by a date too.
CREATE TABLE judgements (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  -- merge, split or pin
  kind TEXT NOT NULL,
  story TEXT NOT NULL,
  other TEXT,
  signed TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT,
  undone_reason TEXT
);

-- The articles that a judgement speaks of. Merged: all on side 0. Split: side 1 from side 0. Pinned: 0 beside -1, apart from 1.
CREATE TABLE judgement_articles (
  judgement TEXT NOT NULL REFERENCES judgements (id),
  article TEXT NOT NULL,
  side INTEGER NOT NULL,
  PRIMARY KEY (judgement, article)
);
CREATE INDEX judgement_articles_by_article ON judgement_articles (article);
