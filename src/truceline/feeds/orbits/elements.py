"""Orbit elements: two-line sets with or without a line of name, or OMM as CSV or JSON (CelesTrak, Space-Track).

    bytes --which form--> sets --check, one by one--> Elements, or set aside by name with the reason

Public code is full of made-up elements, so nothing is taken on trust: checksum, catalogue number, ranges, a
perigee above the ground, and, for the satellites we know, a mean motion and an inclination that fit them. How
old a set may be is asked where it is used (observations/passes.py).
Formats: Vallado and others (2006), Revisiting Spacetrack Report #3, AIAA 2006-6753; CCSDS 502.0-B-3 (OMM).
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from truceline.errors import FeedChanged
from truceline.feeds.context import File, RowRefused
from truceline.feeds.record import Elements, Parsed, SetAside
from truceline.feeds.table import text_of
from truceline.terms.satellite import BY_CATALOGUE

NAME = "orbits"
MOST_SETS = 100_000
EARTH_RADIUS_KM = 6378.135  # WGS 72, the ellipsoid of the model (Spacetrack Report #3)
MU_KM3_S2 = 398600.8  # WGS 72
MOST_REVS = 17.0  # a day; at 17 a circle would lie in the ground
LEAST_REVS = 0.03  # a day; the Moon makes 0.037
FITS_REVS, FITS_DEG = 0.15, 1.0  # how far a known satellite's own orbit was ever seen from its row in the table

_NUMBER = r"[+-]?[0-9]*\.?[0-9]+"


def parse(data: bytes, file: File) -> Parsed:
    """Every sound set of elements in a file. Raises FeedChanged where it holds none of the known forms."""
    text = text_of(data, feed=file.feed.name, path=file.path)
    read, found, aside = 0, [], []
    seen: dict[tuple[int, datetime], int] = {}
    for line, name, make in _sets(text, file):
        read += 1
        if read > MOST_SETS:
            raise FeedChanged(file.feed.name, f"{file.path} holds more than {MOST_SETS} sets", "Send it in parts")
        repeats = False
        try:
            one = make()
            if (earlier := seen.setdefault((one.catalogue, one.epoch), line)) != line:
                repeats = True
                raise RowRefused(f"repeats the set of line {earlier}")
            found.append(one)
        except RowRefused as reason:
            told = f"{file.path}: {name or 'unnamed set'}: {reason}"
            aside.append(SetAside(file.feed.name, file.entry, line, told[:400], repeats))
    if not read:
        raise FeedChanged(
            file.feed.name,
            f"{file.path} holds no set of orbit elements",
            "Give two-line elements, or OMM as CSV or JSON (docs/feeds.md, orbits)",
        )
    found.sort(key=lambda e: (e.catalogue, e.epoch, e.line))
    return Parsed(orbits=tuple(found), set_aside=tuple(aside), rows_read=read)


_Make = Callable[[], Elements]


def _sets(text: str, file: File) -> Iterator[tuple[int, str, _Make]]:
    """Line, name and maker of each set; a maker raises RowRefused where its set is unsound."""
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        yield from _json(text, file)
    elif "MEAN_MOTION" in text.split("\n", 1)[0]:
        yield from _csv(text, file)
    else:
        yield from _two_line(text.splitlines(), file)


def _two_line(lines: list[str], file: File) -> Iterator[tuple[int, str, _Make]]:
    """Pairs of lines 1 and 2; a lone one is a broken set, not nothing."""
    name, number = "", 0
    while number < len(lines):
        line = lines[number].rstrip()
        number += 1
        if line.startswith("1 "):
            second = lines[number].rstrip() if number < len(lines) else ""
            if not second.startswith("2 "):
                yield number, name, _refuse("line 1 has no line 2 after it")
            else:
                yield number, name, _of_lines(line, second, name, number, file)
                number += 1
            name = ""
        elif line.startswith("2 ") and len(line) > 60:
            yield number, name, _refuse("line 2 has no line 1 before it")
            name = ""
        elif line.strip() and not line.startswith("#"):
            name = line.removeprefix("0 ").strip()[:60]


def _refuse(reason: str) -> _Make:
    def make() -> Elements:
        raise RowRefused(reason)

    return make


def _of_lines(first: str, second: str, name: str, line: int, file: File) -> _Make:
    def make() -> Elements:
        for which, text in ((1, first), (2, second)):
            if len(text) != 69:
                raise RowRefused(f"line {which} has {len(text)} characters, not 69")
            if not text[68].isascii() or not text[68].isdigit() or int(text[68]) != checksum(text):
                raise RowRefused(f"line {which} ends in checksum {text[68]!r}, its digits give {checksum(text)}")
        if first[2:7] != second[2:7]:
            raise RowRefused(f"line 1 is of catalogue number {first[2:7].strip()}, line 2 of {second[2:7].strip()}")
        return _checked(
            name=name,
            catalogue=_whole(first[2:7], "catalogue number"),
            epoch=_epoch(first[18:32]),
            mean_motion=_value(second[52:63], "mean motion"),
            eccentricity=_value("." + second[26:33], "eccentricity"),
            inclination_deg=_value(second[8:16], "inclination"),
            node_deg=_value(second[17:25], "ascending node"),
            perigee_deg=_value(second[34:42], "argument of perigee"),
            anomaly_deg=_value(second[43:51], "mean anomaly"),
            bstar=_exponent(first[53:61], "B*"),
            line=line,
            file=file,
        )

    return make


def checksum(line: str) -> int:
    """Last digit of the sum of a line's digits, a minus sign counting 1.

    >>> checksum("1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  292")
    7
    """
    return sum(int(c) if c.isascii() and c.isdigit() else c == "-" for c in line[:68]) % 10


def _epoch(raw: str) -> datetime:
    if not re.fullmatch(r"[ 0-9][0-9](?=[ 0-9]{3}\.) *[0-9]{1,3}\.[0-9]{1,8} *", raw):
        raise RowRefused(f"epoch {raw.strip()[:20]!r} is not written YYDDD.DDDDDDDD")
    year, day = int(raw[:2]), float(raw[2:])
    year += 1900 if year >= 57 else 2000  # the convention of two-line elements
    days = 366 if year % 4 == 0 else 365
    if not 1 <= day < days + 1:
        raise RowRefused(f"epoch: {year} has no day {day:g}")
    return datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)


def _value(raw: str, what: str) -> float:
    if not re.fullmatch(_NUMBER, raw.strip()):
        raise RowRefused(f"{what} {raw.strip()[:20]!r} is not a number")
    return float(raw.strip())


def _whole(raw: str, what: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", raw.strip()):
        raise RowRefused(f"{what} {raw.strip()[:20]!r} is not a whole number")
    return int(raw.strip())


def _exponent(raw: str, what: str) -> float:
    """A number written with an assumed point and an exponent, for example `23363-4`."""
    found = re.fullmatch(r"([+-]?)([0-9]{5})([+-][0-9])", raw.strip())
    if found is None:
        raise RowRefused(f"{what} {raw.strip()[:20]!r} is not written as 12345-6")
    return float(f"{found[1]}0.{found[2]}e{found[3]}")


def _csv(text: str, file: File) -> Iterator[tuple[int, str, _Make]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, "", _refuse(f"is no CSV ({error})")
            continue
        yield reader.line_num, str(row.get("OBJECT_NAME") or "")[:60], _of_omm(row, reader.line_num, file)


def _json(text: str, file: File) -> Iterator[tuple[int, str, _Make]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedChanged(
            file.feed.name, f"{file.path} is not JSON ({error})", "Ask the source for it again"
        ) from error
    rows = rows if isinstance(rows, list) else [rows]
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield number, str(row.get("OBJECT_NAME") or "")[:60], _of_omm(row, number, file)
        else:
            yield number, "", _refuse("is not a JSON object")


def _of_omm(row: dict[str, Any], line: int, file: File) -> _Make:
    def number(key: str) -> float:
        raw = row.get(key)
        said = "" if raw is None or isinstance(raw, bool) else str(raw).strip()
        if not re.fullmatch(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]{1,3})?", said) or not math.isfinite(float(said)):
            raise RowRefused(f"{key} {str(raw)[:20]!r} is not a number")
        return float(said)

    def make() -> Elements:
        theory = str(row.get("MEAN_ELEMENT_THEORY") or "SGP4")
        if theory not in ("SGP4", "SGP"):
            raise RowRefused(f"elements of theory {theory[:20]!r} are none for SGP4")
        catalogue = number("NORAD_CAT_ID")
        if catalogue != int(catalogue) or catalogue < 0:
            raise RowRefused(f"catalogue number {catalogue:g} is not a whole number")
        try:
            epoch = datetime.fromisoformat(str(row.get("EPOCH", "")).removesuffix("Z"))
            epoch = epoch.replace(tzinfo=UTC) if epoch.tzinfo is None else epoch.astimezone(UTC)
        except (ValueError, OverflowError):
            raise RowRefused(f"epoch {str(row.get('EPOCH'))[:40]!r} is not a time of ISO 8601") from None
        return _checked(
            name=str(row.get("OBJECT_NAME") or "")[:60],
            catalogue=int(catalogue),
            epoch=epoch,
            mean_motion=number("MEAN_MOTION"),
            eccentricity=number("ECCENTRICITY"),
            inclination_deg=number("INCLINATION"),
            node_deg=number("RA_OF_ASC_NODE"),
            perigee_deg=number("ARG_OF_PERICENTER"),
            anomaly_deg=number("MEAN_ANOMALY"),
            bstar=number("BSTAR"),
            line=line,
            file=file,
        )

    return make


def _checked(*, line: int, file: File, **given: Any) -> Elements:
    """Elements that can be an orbit and, where the satellite is known, can be its own. Raises RowRefused."""
    one = Elements(feed=file.feed.name, entry=file.entry, line=line, **given)
    _within("eccentricity", one.eccentricity, 0, 1)
    _within("inclination", one.inclination_deg, 0, 180.000001)
    for what, value in (
        ("ascending node", one.node_deg),
        ("argument of perigee", one.perigee_deg),
        ("mean anomaly", one.anomaly_deg),
    ):
        _within(what, value, 0, 360.000001)
    _within("B*", abs(one.bstar), 0, 1)
    _within("mean motion", one.mean_motion, LEAST_REVS, MOST_REVS)
    if not 1957 <= one.epoch.year < 2057:
        raise RowRefused(f"epoch {one.epoch:%Y-%m-%d} is before the first satellite or after 2056")
    if (height := perigee_km(one.mean_motion, one.eccentricity)) <= 0:
        raise RowRefused(f"its perigee lies {-height:.0f} km under the ground")
    known = BY_CATALOGUE.get(one.catalogue)
    if known is not None and abs(one.mean_motion - known.revs_per_day) > FITS_REVS:
        raise RowRefused(
            f"mean motion {one.mean_motion:g} a day is not that of {known.name}, {known.revs_per_day:g} a day"
        )
    if known is not None and abs(one.inclination_deg - known.inclination_deg) > FITS_DEG:
        raise RowRefused(
            f"inclination {one.inclination_deg:g} is not that of {known.name}, {known.inclination_deg:g} degrees"
        )
    return one


def _within(what: str, value: float, least: float, below: float) -> None:
    if not (math.isfinite(value) and least <= value < below):
        raise RowRefused(f"{what} {value:g} is outside {least:g}..{below:.0f}")


def perigee_km(revs_per_day: float, eccentricity: float) -> float:
    """Height of the lowest point of an orbit above the equator's radius, kilometres (Kepler's third law).

    >>> round(perigee_km(14.195, 0.0001))
    826
    """
    axis: float = (MU_KM3_S2 / (revs_per_day * 2 * math.pi / 86_400) ** 2) ** (1 / 3)
    return axis * (1 - eccentricity) - EARTH_RADIUS_KM
