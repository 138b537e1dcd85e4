"""Reads the three public logs: case, activity, handler and time of each event, in the order
of the file. Written for this comparison only, and on purpose not like the readers of
Dijkwacht."""

import csv
import gzip
from datetime import datetime, timezone
from pathlib import Path
from typing import Iterator, NamedTuple
from xml.etree.ElementTree import iterparse

FILES = {
    "receipt": "receipt.csv",
    "road_traffic_fines": "road_traffic_fines.xes.gz",
    "bpic2012": "bpic2012.xes.gz",
}


class Event(NamedTuple):
    """One event. `handler` is empty where nobody is named; `micros` counts from 1970, UTC."""

    case: str
    activity: str
    handler: str
    micros: int


def read(path: Path) -> Iterator[Event]:
    """All events of a log; the ending of the name says the format."""
    return read_csv(path) if path.suffix == ".csv" else read_xes(path)


def read_csv(path: Path) -> Iterator[Event]:
    """A table with the column names that XES attributes get."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield Event(
                row["case:concept:name"],
                row["concept:name"],
                row["org:resource"],
                to_micros(row["time:timestamp"]),
            )


def read_xes(path: Path) -> Iterator[Event]:
    """A packed XES log. Attributes directly under a trace or an event count; those nested
    in other attributes, of the log and of `global` do not."""
    with gzip.open(path) as file:
        stack: list[str] = []
        case, waiting, values = "", [], {}
        for moment, element in iterparse(file, events=("start", "end")):
            tag = element.tag.rsplit("}", 1)[-1]
            if moment == "start":
                stack.append(tag)
                continue
            stack.pop()
            parent = stack[-1] if stack else ""
            if parent == "event":
                values[element.get("key")] = element.get("value", "")
            elif parent == "trace" and tag == "string" and element.get("key") == "concept:name":
                case = element.get("value", "")
            elif tag == "event":
                waiting.append(values)
                values = {}
                element.clear()
            elif tag == "trace":
                yield from (to_event(case, values) for values in waiting)
                case, waiting, values = "", [], {}
                element.clear()


def to_event(case: str, values: dict[str, str]) -> Event:
    return Event(
        case,
        values["concept:name"],
        values.get("org:resource", ""),
        to_micros(values["time:timestamp"]),
    )


def to_micros(text: str) -> int:
    """Whole microseconds since 1970; a text without an offset is read as UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
