-- Moments are whole seconds since 1970 in UTC. What was given out is kept as SHA-256 (`hash`).
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    display TEXT NOT NULL,
    password TEXT NOT NULL,
    totp_secret BLOB,
    -- the last step of time whose code was used: a code is good once
    totp_step INTEGER NOT NULL DEFAULT 0,
    made_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE recovery_codes (
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    hash BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    display TEXT NOT NULL,
    -- 1 for the one that makes the first account
    is_first INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 0 after the password where a second step follows, 1 when whole
    is_whole INTEGER NOT NULL,
    -- a secret of a second step that is being set up
    pending_secret BLOB,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user);

CREATE TABLE devices (
    hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    -- empty where it holds for every organisation of the person
    organisation TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    is_done INTEGER NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_moment ON events (at);
