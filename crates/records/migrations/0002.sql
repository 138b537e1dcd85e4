-- Who holds which role, and what a round needs beside its answers: a closing day, a respondent
-- who hands over, a link for somebody without an account, votes in the meeting.

CREATE TABLE grants (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    granted BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (person <> ''),
    CHECK (role <> ''),
    CHECK (granted IN (0, 1))
);
-- kept: grants (id)

CREATE TABLE round_terms (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    closes_on TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id)
);
-- kept: round_terms (id)

-- An assignment that was withdrawn takes no answers, and those it has no longer count.
CREATE TABLE withdrawals (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    assignment BIGINT NOT NULL,
    successor BIGINT,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, assignment) REFERENCES assignments (organisation, id),
    FOREIGN KEY (organisation, successor) REFERENCES assignments (organisation, id),
    CHECK (reason <> ''),
    CHECK (successor <> assignment)
);
-- kept: withdrawals (id)

-- A link stands for an assignment and for nobody: the same one serves all seats of an anonymous
-- one. Only its hash is kept.
CREATE TABLE links (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    assignment BIGINT NOT NULL,
    hash TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    UNIQUE (hash),
    FOREIGN KEY (organisation, assignment) REFERENCES assignments (organisation, id),
    CHECK (hash <> '')
);
-- kept: links (id)

-- How many hands went up for what; not whose.
CREATE TABLE tallies (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    process TEXT NOT NULL,
    question TEXT NOT NULL,
    level_0 BIGINT NOT NULL,
    level_1 BIGINT NOT NULL,
    level_2 BIGINT NOT NULL,
    level_3 BIGINT NOT NULL,
    not_applicable BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id),
    CHECK (question <> ''),
    CHECK (level_0 >= 0 AND level_1 >= 0 AND level_2 >= 0 AND level_3 >= 0),
    CHECK (not_applicable >= 0 AND unknown >= 0)
);
-- kept: tallies (id)
