-- What is followed. The state of a feed is that of its last finished look: while one is in work, nothing is written here.
CREATE TABLE feeds (
  address TEXT PRIMARY KEY,
  -- the list that named it, where the user did not
  found_in TEXT,
  title TEXT,
  added_at TEXT NOT NULL,
  ended_at TEXT,
  etag TEXT,
  last_modified TEXT,
  -- seconds between two looks
  pace INTEGER NOT NULL,
  next_at TEXT NOT NULL,
  looked_at TEXT,
  failures INTEGER NOT NULL,
  -- articles that came from it
  articles INTEGER NOT NULL,
  -- how the last look went, in words
  status TEXT NOT NULL
);
CREATE INDEX feeds_by_next ON feeds (next_at);

-- Pieces of lists that were read, so that none is fetched twice. Keys are digests: nothing of an article's words or address is here.
CREATE TABLE seen (
  entry TEXT PRIMARY KEY,
  -- digest of what the list said of its version
  stamp TEXT NOT NULL,
  -- NULL where it could not be read yet
  article TEXT,
  tries INTEGER NOT NULL,
  -- how often it was said to have changed and had not
  idle INTEGER NOT NULL,
  seen_at TEXT NOT NULL
);
