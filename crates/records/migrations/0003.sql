-- What was said of a finding, who looked at which evidence, and from where somebody acted.

CREATE TABLE triages (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    process TEXT NOT NULL,
    finding TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (finding <> ''),
    CHECK (reason <> ''),
    CHECK (verdict IN ('explained', 'to-repair', 'to-look-into'))
);
-- kept: triages (id)

CREATE TABLE looks (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    process TEXT NOT NULL,
    subject TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (subject <> '')
);
-- kept: looks (id)

-- Entries from before this have neither, and their hash does not cover them.
ALTER TABLE audit ADD COLUMN origin TEXT;
ALTER TABLE audit ADD COLUMN trace TEXT;
