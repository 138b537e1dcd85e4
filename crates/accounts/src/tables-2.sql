-- Signing in at the provider of an organisation.
CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

-- A browser on its way to the provider; gone when it is back, or after a while.
CREATE TABLE departures (
    hash BLOB PRIMARY KEY,
    -- the hash of the cookie of the browser: nobody else can come back in its place
    browser BLOB NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    back TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The groups the provider gave, one a line; they last as long as the session.
ALTER TABLE sessions ADD COLUMN groups TEXT NOT NULL DEFAULT '';
