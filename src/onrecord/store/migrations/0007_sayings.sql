-- What an article's statements say, in the form in which they are compared; zlib. Made from the reading named, and only from it.
CREATE TABLE gists (
  article TEXT PRIMARY KEY REFERENCES articles (id),
  reading TEXT NOT NULL,
  packed BYTEA NOT NULL
);
-- An id never vanishes: a saying that was found to be another leads to it, in one step.
CREATE TABLE sayings (
  id TEXT PRIMARY KEY,
  leads_to TEXT,
  begun_at TEXT NOT NULL
);
CREATE INDEX sayings_by_leads_to ON sayings (leads_to);
-- Each statement of a grouped article with the saying that it words. The anchor names it whoever read it, so a new reading finds its old place.
CREATE TABLE wordings (
  article TEXT NOT NULL REFERENCES articles (id),
  anchor TEXT NOT NULL,
  reading TEXT NOT NULL,
  statement TEXT NOT NULL,
  saying TEXT NOT NULL REFERENCES sayings (id),
  day TEXT NOT NULL,
  position INTEGER NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  reasons TEXT NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (article, anchor)
);
CREATE INDEX wordings_by_saying ON wordings (saying, day, article, position);
CREATE TABLE commitments (
  id TEXT PRIMARY KEY,
  begun_at TEXT NOT NULL
);
-- Each statement that binds somebody, with the commitment that it belongs to; bond is what is compared, action the span that says what is to be done.
CREATE TABLE bonds (
  article TEXT NOT NULL REFERENCES articles (id),
  anchor TEXT NOT NULL,
  reading TEXT NOT NULL,
  statement TEXT NOT NULL,
  commitment TEXT NOT NULL REFERENCES commitments (id),
  day TEXT NOT NULL,
  bond TEXT NOT NULL,
  action TEXT NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (article, anchor)
);
CREATE INDEX bonds_by_commitment ON bonds (commitment, day, article);
-- Whom each of them binds: where earlier ones of the same principal are looked for.
CREATE TABLE bond_principals (
  principal TEXT NOT NULL,
  day TEXT NOT NULL,
  article TEXT NOT NULL,
  anchor TEXT NOT NULL,
  PRIMARY KEY (principal, day, article, anchor)
);
CREATE INDEX bond_principals_by_article ON bond_principals (article);
