-- Only what SQLite and PostgreSQL share. Rows of these tables are added, never changed; what a later decision ends gets the date of its end.

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  added_at TEXT NOT NULL
);

CREATE TABLE raw (
  digest TEXT PRIMARY KEY,
  media TEXT NOT NULL,
  size INTEGER NOT NULL,
  -- zlib, level 6
  packed BYTEA NOT NULL,
  added_at TEXT NOT NULL
);

CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES documents (id),
  text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  skipped TEXT NOT NULL,
  added_at TEXT NOT NULL
);
CREATE INDEX articles_by_document ON articles (document);

-- Which bytes an article was cut from, and by what.
CREATE TABLE cuts (
  article TEXT NOT NULL REFERENCES articles (id),
  raw TEXT NOT NULL REFERENCES raw (digest),
  cutter TEXT NOT NULL,
  cut_at TEXT NOT NULL,
  PRIMARY KEY (article, raw, cutter)
);
CREATE INDEX cuts_by_raw ON cuts (raw);

-- A new cut of old bytes replaces the article of the older cut.
CREATE TABLE replacements (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  replaced_by TEXT NOT NULL REFERENCES articles (id),
  replaced_at TEXT NOT NULL
);

-- The subject is an article, or its document for what all its versions share.
CREATE TABLE facts (
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  seq INTEGER NOT NULL,
  value TEXT NOT NULL,
  basis TEXT NOT NULL,
  stated_at TEXT NOT NULL,
  PRIMARY KEY (subject, kind, seq)
);

CREATE TABLE readings (
  id TEXT PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles (id),
  seq INTEGER NOT NULL,
  reader TEXT NOT NULL,
  reader_digest TEXT NOT NULL,
  stated TEXT,
  title TEXT,
  published TEXT NOT NULL,
  head TEXT NOT NULL,
  statements INTEGER NOT NULL,
  conditions INTEGER NOT NULL,
  events INTEGER NOT NULL,
  actors INTEGER NOT NULL,
  dates INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  read_at TEXT NOT NULL,
  UNIQUE (article, seq)
);

CREATE TABLE statements (
  reading TEXT NOT NULL REFERENCES readings (id),
  id TEXT NOT NULL,
  anchor TEXT NOT NULL,
  seq INTEGER NOT NULL,
  article TEXT NOT NULL,
  within TEXT,
  position INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  -- 1 where first and last day lie more than a month apart
  wide INTEGER NOT NULL,
  act TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (reading, id)
);
CREATE INDEX statements_by_day ON statements (reading, wide, first_day, position, seq);

CREATE TABLE statement_actors (
  reading TEXT NOT NULL,
  statement TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (reading, statement, actor)
);

CREATE TABLE statement_countries (
  reading TEXT NOT NULL,
  statement TEXT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (reading, statement, country)
);

CREATE TABLE conditions (
  reading TEXT NOT NULL REFERENCES readings (id),
  id TEXT NOT NULL,
  anchor TEXT NOT NULL,
  seq INTEGER NOT NULL,
  article TEXT NOT NULL,
  statement TEXT,
  position INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  wide INTEGER NOT NULL,
  kind TEXT NOT NULL,
  realis TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (reading, id)
);
CREATE INDEX conditions_by_statement ON conditions (reading, statement);
CREATE INDEX conditions_by_day ON conditions (reading, wide, first_day, position, seq);

CREATE TABLE events (
  reading TEXT NOT NULL REFERENCES readings (id),
  id TEXT NOT NULL,
  anchor TEXT NOT NULL,
  seq INTEGER NOT NULL,
  statement TEXT,
  type TEXT NOT NULL,
  mode TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (reading, id)
);

CREATE TABLE actors (
  reading TEXT NOT NULL REFERENCES readings (id),
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (reading, id)
);
CREATE INDEX actors_by_id ON actors (id, name, reading);

CREATE TABLE actor_countries (
  reading TEXT NOT NULL,
  actor TEXT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (reading, actor, country)
);

CREATE TABLE dates (
  reading TEXT NOT NULL REFERENCES readings (id),
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  value TEXT,
  record TEXT NOT NULL,
  PRIMARY KEY (reading, seq)
);

-- Each name that an actor goes by in some article, word by word, folded.
CREATE TABLE names (
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (actor, name)
);
CREATE INDEX names_by_name ON names (name, actor);

CREATE TABLE name_words (
  word TEXT NOT NULL,
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (word, actor, name)
);
CREATE INDEX name_words_by_actor ON name_words (actor);

-- Each country that an actor belongs to in some article.
CREATE TABLE nationalities (
  country TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (country, actor)
);
CREATE INDEX nationalities_by_actor ON nationalities (actor);

-- Dated decisions that an article's actor is one of the ledger's; undone_at ends one.
CREATE TABLE identities (
  actor TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ledger_actor TEXT NOT NULL,
  rule TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  undone_at TEXT,
  PRIMARY KEY (actor, seq)
);
CREATE INDEX identities_by_ledger_actor ON identities (ledger_actor);

-- No reference to articles: a purged article is only here.
CREATE TABLE removals (
  article TEXT NOT NULL,
  seq INTEGER NOT NULL,
  removed_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  purged INTEGER NOT NULL,
  restored_at TEXT,
  PRIMARY KEY (article, seq)
);

-- What answers are given from: each article that is neither removed nor replaced, with its current reading and best facts.
-- All of it follows from the tables above, and verify compares.
CREATE TABLE current_articles (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  reading TEXT NOT NULL REFERENCES readings (id),
  outlet TEXT,
  outlet_folded TEXT,
  title TEXT,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  wide INTEGER NOT NULL
);
CREATE INDEX current_articles_by_reading ON current_articles (reading);

-- What lists walk along, so that their first rows cost the same however many there are: for each list and value in it (an actor, a country,
-- an act, an outlet, or nothing where all are listed) the days on which a current article has something, up to last_day.
-- Ids of records are in no B-tree: an article has dozens, and each would change a page of its own. See ids in the next file.
CREATE TABLE listed (
  list TEXT NOT NULL,
  value TEXT NOT NULL,
  wide INTEGER NOT NULL,
  first_day TEXT NOT NULL,
  article TEXT NOT NULL,
  reading TEXT NOT NULL,
  last_day TEXT NOT NULL,
  -- how many statements of the article are here
  statements INTEGER NOT NULL,
  PRIMARY KEY (list, value, wide, first_day, article)
);
CREATE INDEX listed_by_article ON listed (article, list, value, wide, first_day);
