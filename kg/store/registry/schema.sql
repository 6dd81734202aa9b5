-- What identity needs to know of every report. Made from the reports; another schema is made anew from them.

CREATE TABLE article (id TEXT PRIMARY KEY, digest TEXT, producer TEXT, segment TEXT, published TEXT, iri TEXT)
  WITHOUT ROWID;
CREATE INDEX article_segment ON article (segment);
CREATE INDEX article_iri ON article (iri);

-- The entities of articles, their names (a line each), lead key, facets (kg/resolve/facets.py), the day of the article, and
-- identity.
CREATE TABLE entity (article TEXT, key TEXT, names TEXT, lead TEXT, facets TEXT, day TEXT, identity TEXT,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX entity_lead ON entity (lead, facets, day, identity);
CREATE INDEX entity_identity ON entity (identity, names);

-- Every key of every entity, its lead too: what votes on parents are counted from.
CREATE TABLE named (key TEXT, article TEXT, entity TEXT, lead TEXT, PRIMARY KEY (key, article, entity)) WITHOUT ROWID;
CREATE INDEX named_article ON named (article, key);
CREATE INDEX named_short ON named (key, lead) WHERE key <> lead;

CREATE TABLE parent (key TEXT PRIMARY KEY, parent TEXT) WITHOUT ROWID;
CREATE INDEX parent_parent ON parent (parent);
CREATE TABLE identity (id TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;

-- Every lead key that some entity has, the id of its own, the loose keys under which others are compared with it, and the pairs
-- that may be one (two leads, or two senses of one by a card of each): the sum of the features, and those that spoke.
CREATE TABLE lead (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE INDEX lead_id ON lead (id);
CREATE TABLE loose (block TEXT, lead TEXT, PRIMARY KEY (block, lead)) WITHOUT ROWID;
CREATE INDEX loose_lead ON loose (lead);
CREATE TABLE doubt (one TEXT, other TEXT, under TEXT, sum REAL, spoke TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX doubt_other ON doubt (other);
CREATE INDEX doubt_under ON doubt (under);

-- Role reports, the person each is given to, and what a person holds.
-- `said` is a role report without what differs from article to article.
CREATE TABLE role (article TEXT, key TEXT, holder TEXT, person TEXT, body TEXT, territory TEXT, said BLOB,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX role_holder ON role (holder);
CREATE TABLE holding (position TEXT, holder TEXT, title TEXT, single INTEGER, payload BLOB,
  PRIMARY KEY (position, holder)) WITHOUT ROWID;
CREATE INDEX holding_holder ON holding (holder);

-- Event reports, the blocks they are compared in, their component of matching reports and their event.
CREATE TABLE event (article TEXT, key TEXT, words TEXT, passages TEXT, component TEXT, event TEXT, payload BLOB,
  PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE INDEX event_component ON event (component);
CREATE INDEX event_event ON event (event);
CREATE TABLE event_block (block TEXT, article TEXT, key TEXT, PRIMARY KEY (block, article, key)) WITHOUT ROWID;
CREATE INDEX event_block_event ON event_block (article, key);

-- Which roles and events name an entity.
CREATE TABLE refers (article TEXT, entity TEXT, kind TEXT, key TEXT, PRIMARY KEY (article, entity, kind, key))
  WITHOUT ROWID;

-- The decisions of people that all this was made with; the ids of `about` a line each.
CREATE TABLE decision (verdict TEXT, about TEXT, by TEXT, day TEXT, why TEXT, label TEXT);

-- The links in force, the state of the files they were taken from, and whether each is in the graph (-1: not known yet).
CREATE TABLE link (id TEXT, item TEXT, confidence REAL, by TEXT, endpoint TEXT, day TEXT, shown TEXT, awake INTEGER,
  PRIMARY KEY (id, item)) WITHOUT ROWID;
CREATE TABLE link_source (source TEXT);

-- The graphs that people added and that are in the quads, and the SHA-256 of the file each was taken from.
CREATE TABLE added (graph TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;

-- Which subjects of the resolved graph each owner has written, of what some owners made them, and what is to be computed
-- anew.
CREATE TABLE node (owner TEXT, subject TEXT, PRIMARY KEY (owner, subject)) WITHOUT ROWID;
CREATE TABLE made (owner TEXT PRIMARY KEY, of BLOB);
CREATE TABLE dirty (kind TEXT, name TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID;
