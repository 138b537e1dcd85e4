"""The questions in SQL, answered by DuckDB. What each means: EXPECTED.md beside the logs."""

import csv
import tempfile
from pathlib import Path

import duckdb

import logs

WINDOW_MICROS = 14 * 86_400 * 1_000_000

LOAD = """
create table event as
select *, row_number() over (partition by case_id order by micros, seq) as pos
from read_csv(?, header = false, quote = '"', escape = '"', columns = {
    'seq': 'bigint', 'case_id': 'varchar', 'activity': 'varchar', 'handler': 'varchar',
    'micros': 'bigint'})
"""

TOTALS = """
select count(*), count(distinct case_id), count(distinct activity), count(distinct handler)
from event
"""

EDGES = """
select activity, next, count(*) as n
from (select activity, lead(activity) over (partition by case_id order by pos) as next from event)
where next is not null
group by activity, next
order by n desc, activity, next
"""

VARIANTS = """
select count(distinct way)
from (select list(activity order by pos) as way from event group by case_id)
"""

COMMONEST = """
select activity from event
group by activity
order by count(distinct case_id) desc, activity
limit 6
"""

# one row for each case and each of two activities; handlers without the unknown
PER_CASE = """
with side as (
    select case_id, activity,
        min(pos) as first, max(pos) as last,
        list(distinct handler) filter (handler is not null) as handlers,
        count(*) > count(handler) as unknown
    from event where activity in ($a, $b) group by case_id, activity),
pair as (
    select a.case_id as a_case, b.case_id as b_case, a.first as a_first, a.last as a_last,
        b.first as b_first, b.last as b_last,
        len(list_intersect(coalesce(a.handlers, []), coalesce(b.handlers, []))) > 0 as same,
        a.unknown or b.unknown as unknown
    from (from side where activity = $a) a
    full join (from side where activity = $b) b on a.case_id = b.case_id)
select
    count(*) filter (a_case is not null and b_case is not null),
    count(*) filter (a_case is not null and b_case is not null and same),
    count(*) filter (a_case is not null and b_case is not null and not same and unknown),
    count(a_case),
    count(*) filter (a_case is not null and (b_case is null or b_last < a_last)),
    count(b_case),
    count(*) filter (b_case is not null and (a_case is null or a_first > b_first))
from pair
"""

WITHIN = """
with looked as (
    select case_id, activity, micros,
        min(case when activity = $b then micros end) over (
            partition by case_id order by pos
            rows between 1 following and unbounded following) as next_b
    from event where activity in ($a, $b))
select count(distinct case_id) from looked
where activity = $a and (next_b is null or next_b - micros > $window)
"""

# the rule by which pm4py's filter for data frames looks: every A beside one B only, the last
# that names a handler
LAST_B_ONLY = """
with last_b as (
    select case_id, arg_max(handler, pos) as handler
    from event where activity = $b and handler is not null group by case_id)
select count(distinct a.case_id)
from event a join last_b b on a.case_id = b.case_id
where a.activity = $a and a.handler = b.handler
"""

ANSWERS = [
    "both",
    "four_eyes_violated",
    "four_eyes_undecidable",
    "response_activated",
    "response_violated",
    "precedence_activated",
    "precedence_violated",
]


def load(path: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with the table of events; positions count within the case."""
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
        for seq, event in enumerate(logs.read(path)):
            writer.writerow([seq, event.case, event.activity, event.handler, event.micros])
        file.flush()
        connection.execute(LOAD, [file.name])
    connection.execute("update event set handler = null where handler = ''")
    return connection


def answer(connection: duckdb.DuckDBPyConnection) -> dict:
    """The same shape as one log in expected.json."""
    events, cases, activities, handlers = connection.execute(TOTALS).fetchone()
    edges = connection.execute(EDGES).fetchall()
    commonest = [row[0] for row in connection.execute(COMMONEST).fetchall()]
    return {
        "events": events,
        "cases": cases,
        "activities": activities,
        "handlers": handlers,
        "dfg_edges": len(edges),
        "dfg_total": sum(edge[2] for edge in edges),
        "dfg_top5": [list(edge) for edge in edges[:5]],
        "variants": connection.execute(VARIANTS).fetchone()[0],
        "pairs": [
            answer_pair(connection, a, b) for a in commonest for b in commonest if a != b
        ],
    }


def answer_pair(connection: duckdb.DuckDBPyConnection, a: str, b: str) -> dict:
    numbers = connection.execute(PER_CASE, {"a": a, "b": b}).fetchone()
    window = {"a": a, "b": b, "window": WINDOW_MICROS}
    late = connection.execute(WITHIN, window).fetchone()[0]
    return {"a": a, "b": b} | dict(zip(ANSWERS, numbers)) | {"within_14_days_violated": late}


def last_b_only(connection: duckdb.DuckDBPyConnection, a: str, b: str) -> int:
    """Cases in which some A has the handler of the last B that names one."""
    return connection.execute(LAST_B_ONLY, {"a": a, "b": b}).fetchone()[0]
