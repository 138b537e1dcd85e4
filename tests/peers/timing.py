"""DuckDB on a large CSV made by `proof synthetic`: load, then the questions, with times.

python3 timing.py FILE.csv
"""

import resource
import sys
import time

import duckdb

A, B = "Aanvraag beoordeeld", "Besluit genomen"

LOAD = """
create table event as
select *, row_number() over (partition by case_id order by moment, seq) as pos
from (select "case" as case_id, activity, "time" as moment, who as handler,
        row_number() over () as seq
    from read_csv(?, header = true, columns = {
        'case': 'varchar', 'activity': 'varchar', 'time': 'timestamp', 'who': 'varchar'}))
"""

QUESTIONS = {
    "directly-follows": """
        select activity, next, count(*) from (
            select activity, lead(activity) over (partition by case_id order by pos) as next
            from event) where next is not null group by all""",
    "four eyes": """
        select count(distinct a.case_id) from event a join event b using (case_id, handler)
        where a.activity = $a and b.activity = $b""",
    "response": """
        select count(*) from (
            select max(pos) filter (activity = $a) as a, max(pos) filter (activity = $b) as b
            from event group by case_id) where a is not null and (b is null or b < a)""",
    "precedence": """
        select count(*) from (
            select min(pos) filter (activity = $a) as a, min(pos) filter (activity = $b) as b
            from event group by case_id) where b is not null and (a is null or a > b)""",
    "within 14 days": """
        select count(distinct case_id) from (
            select case_id, activity, moment, min(case when activity = $b then moment end) over (
                partition by case_id order by pos
                rows between 1 following and unbounded following) as next_b
            from event where activity in ($a, $b))
        where activity = $a and (next_b is null or next_b - moment > interval 14 day)""",
    "concentration": """
        select handler, count(*) from event where activity = $b group by handler""",
}


def main() -> None:
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    begun = time.perf_counter()
    connection.execute(LOAD, [sys.argv[1]])
    print(f"load {time.perf_counter() - begun:.3f} s")
    for name, sql in QUESTIONS.items():
        begun = time.perf_counter()
        values = {key: value for key, value in {"a": A, "b": B}.items() if f"${key}" in sql}
        rows = connection.execute(sql, values).fetchall()
        told = rows[0][0] if len(rows) == 1 else f"{len(rows)} rows"
        print(f"{name} {time.perf_counter() - begun:.3f} s: {told}")
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"CPU {used.ru_utime + used.ru_stime:.2f} s, peak {used.ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
