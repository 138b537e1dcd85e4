-- The first form. Written for both databases: TEXT and BIGINT only. Moments are microseconds
-- since 1970 in UTC, dates are ISO text. A line `-- kept: table (key)` makes the triggers that
-- refuse every change and removal; each table of people has one.

CREATE TABLE organisations (
    id TEXT PRIMARY KEY NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    CHECK (id <> '')
);
-- kept: organisations (id)

CREATE TABLE organisation_versions (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    size_class TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    successor TEXT REFERENCES organisations (id),
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (kind IN ('municipality', 'province', 'water-board', 'riec', 'joint')),
    CHECK (size_class IN ('up-to-20000', '20000-50000', '50000-100000', 'over-100000')),
    CHECK (valid_to >= valid_from),
    CHECK (successor <> organisation)
);
-- kept: organisation_versions (id)

CREATE TABLE memberships (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    region TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (region <> ''),
    CHECK (valid_to >= valid_from)
);
-- kept: memberships (id)

CREATE TABLE scopes (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    process TEXT NOT NULL,
    in_scope BIGINT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (in_scope IN (0, 1))
);
-- kept: scopes (id)

CREATE TABLE settings (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (name <> '')
);
-- kept: settings (id)

CREATE TABLE rounds (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    track TEXT NOT NULL,
    profile TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    CHECK (track IN ('full', 'short'))
);
-- kept: rounds (id)

CREATE TABLE round_states (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    status TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id),
    CHECK (status IN ('prepared', 'open', 'closed', 'agreed'))
);
-- kept: round_states (id)

-- An anonymous assignment has no respondent: who was invited is not written down here.
CREATE TABLE assignments (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    process TEXT NOT NULL,
    part TEXT NOT NULL,
    side TEXT NOT NULL,
    respondent TEXT,
    seats BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    UNIQUE (organisation, round, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id),
    CHECK (side IN ('management', 'work-floor', 'other')),
    CHECK (part <> ''),
    CHECK (respondent <> ''),
    CHECK (seats >= 1),
    CHECK (respondent IS NULL OR seats = 1)
);
-- kept: assignments (id)

CREATE TABLE answers (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    assignment BIGINT NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    level BIGINT,
    reason TEXT,
    explanation TEXT,
    evidence_link TEXT,
    evidence_date TEXT,
    evidence_valid_to TEXT,
    recorded_at BIGINT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round, assignment) REFERENCES assignments (organisation, round, id),
    CHECK (question <> ''),
    CHECK ((kind = 'level' AND level BETWEEN 0 AND 3 AND level IS NOT NULL AND reason IS NULL)
        OR (kind = 'not-applicable' AND level IS NULL AND reason IS NOT NULL AND reason <> '')
        OR (kind = 'unknown' AND level IS NULL AND reason IS NULL)),
    CHECK ((evidence_link IS NULL AND evidence_date IS NULL AND evidence_valid_to IS NULL)
        OR (evidence_link IS NOT NULL AND evidence_date IS NOT NULL)),
    CHECK (evidence_valid_to >= evidence_date)
);
-- kept: answers (id)

-- Apart from the named ones, with a counter and a log of their own and a day in the place of
-- a moment: the order of entries must not tell who answered. `voice` is the hash of a code
-- that only the respondent has.
CREATE TABLE anonymous_answers (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    assignment BIGINT NOT NULL,
    voice TEXT NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    level BIGINT,
    reason TEXT,
    explanation TEXT,
    evidence_link TEXT,
    evidence_date TEXT,
    evidence_valid_to TEXT,
    recorded_on TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round, assignment) REFERENCES assignments (organisation, round, id),
    CHECK (question <> ''),
    CHECK (voice <> ''),
    CHECK ((kind = 'level' AND level BETWEEN 0 AND 3 AND level IS NOT NULL AND reason IS NULL)
        OR (kind = 'not-applicable' AND level IS NULL AND reason IS NOT NULL AND reason <> '')
        OR (kind = 'unknown' AND level IS NULL AND reason IS NULL)),
    CHECK ((evidence_link IS NULL AND evidence_date IS NULL AND evidence_valid_to IS NULL)
        OR (evidence_link IS NOT NULL AND evidence_date IS NOT NULL)),
    CHECK (evidence_valid_to >= evidence_date)
);
-- kept: anonymous_answers (id)

CREATE TABLE agreed_answers (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    round BIGINT NOT NULL,
    process TEXT NOT NULL,
    question TEXT NOT NULL,
    kind TEXT NOT NULL,
    level BIGINT,
    reason TEXT,
    agreed_because TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id),
    CHECK (question <> ''),
    CHECK (agreed_because <> ''),
    CHECK ((kind = 'level' AND level BETWEEN 0 AND 3 AND level IS NOT NULL AND reason IS NULL)
        OR (kind = 'not-applicable' AND level IS NULL AND reason IS NOT NULL AND reason <> '')
        OR (kind = 'unknown' AND level IS NULL AND reason IS NULL))
);
-- kept: agreed_answers (id)

CREATE TABLE pictures (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    round BIGINT,
    process TEXT,
    form TEXT NOT NULL,
    form_version BIGINT NOT NULL,
    body TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id)
);
-- kept: pictures (id)

CREATE TABLE plans (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    picture BIGINT,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    form_version BIGINT NOT NULL,
    body TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, picture) REFERENCES pictures (organisation, id)
);
-- kept: plans (id)

CREATE TABLE measures (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    plan BIGINT,
    code TEXT NOT NULL,
    process TEXT,
    recurring_months BIGINT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, plan) REFERENCES plans (organisation, id),
    CHECK (code <> ''),
    CHECK (recurring_months >= 1)
);
-- kept: measures (id)

CREATE TABLE measure_states (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    measure BIGINT NOT NULL,
    status TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    starts_on TEXT,
    due_on TEXT,
    note TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, measure) REFERENCES measures (organisation, id),
    CHECK (status IN ('planned', 'started', 'done', 'stopped')),
    CHECK (due_on >= starts_on)
);
-- kept: measure_states (id)

CREATE TABLE decisions (
    id BIGINT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    round BIGINT,
    picture BIGINT,
    plan BIGINT,
    body TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    wording TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, round) REFERENCES rounds (organisation, id),
    FOREIGN KEY (organisation, picture) REFERENCES pictures (organisation, id),
    FOREIGN KEY (organisation, plan) REFERENCES plans (organisation, id),
    CHECK (body <> ''),
    CHECK (wording <> '')
);
-- kept: decisions (id)

-- One chain of the organisation and one of its anonymous answers. `row_digest` is the hash of
-- the row that the entry is about, so that a row changed behind the back is seen.
CREATE TABLE audit (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    chain TEXT NOT NULL,
    seq BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    resource TEXT NOT NULL,
    row_table TEXT,
    row_id BIGINT,
    row_digest TEXT,
    outcome TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (organisation, chain, seq),
    CHECK (chain IN ('named', 'anonymous')),
    CHECK (chain = 'named' OR who = ''),
    CHECK (outcome IN ('done', 'refused'))
);
-- kept: audit (organisation, chain, seq)

CREATE INDEX answers_by_assignment ON answers (organisation, round, assignment, question);
CREATE INDEX anonymous_answers_by_assignment
    ON anonymous_answers (organisation, round, assignment, voice, question);
