-- SQLite's text search: the one file that PostgreSQL will have in another form.
CREATE TABLE worded (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  reading TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (reading, kind, id)
);
-- content='': the words are in the records already; only their index is kept.
CREATE VIRTUAL TABLE words USING fts5 (indexed, content = '', tokenize = 'porter unicode61 remove_diacritics 2');
-- Which reading has a record with this id, or with an id that begins so. An index of words takes up an article's many ids in one piece, where a
-- B-tree changes a page for each.
CREATE VIRTUAL TABLE ids USING fts5 (held, content = '', columnsize = 0, detail = none, tokenize = "unicode61 tokenchars '_'");
