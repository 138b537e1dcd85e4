-- Who stands behind a pseudonym: asked by one person, opened by another, for a while; and who saw
-- the name. The name itself is in no table.

CREATE TABLE name_requests (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    process TEXT NOT NULL,
    finding TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (finding <> ''),
    CHECK (snapshot <> ''),
    CHECK (pseudonym <> ''),
    CHECK (reason <> '')
);
-- kept: name_requests (id)

CREATE TABLE name_verdicts (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    request BIGINT NOT NULL,
    granted BIGINT NOT NULL,
    hours BIGINT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    UNIQUE (organisation, request),
    FOREIGN KEY (organisation, request) REFERENCES name_requests (organisation, id),
    CHECK (granted IN (0, 1)),
    CHECK (hours BETWEEN 1 AND 168),
    CHECK (reason <> '')
);
-- kept: name_verdicts (id)

CREATE TABLE name_looks (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    request BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, request) REFERENCES name_requests (organisation, id)
);
-- kept: name_looks (id)
