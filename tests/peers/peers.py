#!/usr/bin/env python3
"""Answers the control questions on three public logs with DuckDB, and compares: with the
published expectation, with what Dijkwacht answers, and with the four-eyes filter of pm4py.

Run it with --help; README.md beside this file says how to install what it needs.
Exit code: 0 all equal, 1 something differs (pm4py excepted, it is shown only), 2 no data."""

import argparse
import json
import sys
from pathlib import Path

import logs
import questions

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "eventlogs"


def main() -> int:
    arguments = read_arguments()
    expected_file = arguments.data / "expected.json"
    if not expected_file.is_file():
        print(f"no expected.json in {arguments.data}; name the folder with --data")
        return 2
    expected = json.loads(expected_file.read_text(encoding="utf-8"))
    ours = json.loads(arguments.ours.read_text(encoding="utf-8")) if arguments.ours else None
    equal = True
    for name in arguments.log or logs.FILES:
        connection = questions.load(arguments.data / logs.FILES[name])
        answers = questions.answer(connection)
        equal &= tell(name, "DuckDB", "expected.json", answers, expected[name])
        if ours is not None:
            equal &= tell(name, "Dijkwacht", "DuckDB", ours.get(name, {}), answers)
        if arguments.pm4py:
            compare_pm4py(name, connection, answers)
    print("all equal" if equal else "there are differences")
    return 0 if equal else 1


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the logs")
    parser.add_argument(
        "--ours", type=Path, help="what `cargo run -p proof -- peers --json` printed"
    )
    parser.add_argument("--pm4py", action="store_true", help="compare its four-eyes filter too")
    parser.add_argument("--log", action="append", choices=list(logs.FILES))
    return parser.parse_args()


def tell(name: str, one: str, other: str, left: dict, right: dict) -> bool:
    """Prints how many figures agree, and each that does not; whether all agree."""
    mine, theirs = figures(left), figures(right)
    keys = sorted(mine.keys() | theirs.keys(), key=str)
    wrong = [key for key in keys if mine.get(key) != theirs.get(key)]
    print(f"{name}: {one} and {other}: {len(keys) - len(wrong)} of {len(keys)} figures equal")
    for key in wrong:
        print(f"  {' / '.join(key)}: {one} {mine.get(key)}, {other} {theirs.get(key)}")
    return not wrong


def figures(answers: dict) -> dict[tuple, object]:
    """Every figure under a name of its own, so that the order of pairs does not matter."""
    flat: dict[tuple, object] = {}
    for key, value in answers.items():
        if key == "pairs":
            for pair in value:
                names = (pair["a"], pair["b"])
                flat |= {(*names, k): v for k, v in pair.items() if k not in ("a", "b")}
        elif key == "dfg_top5":
            flat |= {("edge", a, b): n for a, b, n in value}
        else:
            flat[(key,)] = value
    return flat


def compare_pm4py(name: str, connection, answers: dict) -> None:
    """Prints for each pair where its filter gives another number of cases."""
    try:
        import pm4py
    except ImportError:
        print("pm4py is not installed; see requirements-pm4py.txt")
        return
    frame = connection.execute(
        'select case_id as "case:concept:name", activity as "concept:name", '
        'handler as "org:resource", make_timestamptz(micros) as "time:timestamp" '
        "from event order by case_id, pos"
    ).df()
    rows = []
    for pair in answers["pairs"]:
        a, b = pair["a"], pair["b"]
        kept = pm4py.filter_four_eyes_principle(frame, a, b, keep_violations=True)
        theirs = kept["case:concept:name"].nunique()
        last_b_only = questions.last_b_only(connection, a, b)
        rows.append((a, b, pair["four_eyes_violated"], theirs, last_b_only))
    tell_pm4py(name, rows, answers)


def tell_pm4py(name: str, rows: list[tuple], answers: dict) -> None:
    less = [row for row in rows if row[2] != row[3]]
    as_last_b = sum(row[3] == row[4] for row in rows)
    undecidable = sum(pair["four_eyes_undecidable"] for pair in answers["pairs"])
    print(f"{name}: pm4py's four-eyes filter differs for {len(less)} of {len(rows)} pairs")
    print(f"  its number is that of 'every A beside the last named B only' for {as_last_b} of {len(rows)}")
    true, theirs = sum(row[2] for row in rows), sum(row[3] for row in rows)
    print(f"  cases over all pairs: {true} violated, {theirs} by pm4py")
    print(f"  not decidable over all pairs: {undecidable}; pm4py has no such answer")
    for a, b, violated, by_pm4py, _ in sorted(less, key=lambda row: row[3] - row[2])[:6]:
        print(f"  | {a} | {b} | {violated} | {by_pm4py} |")


if __name__ == "__main__":
    sys.exit(main())
