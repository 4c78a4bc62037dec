#!/usr/bin/env python3
"""Derive the shipped borders and coast from Natural Earth's 1:10m countries, and the world at 1:50m.

    countries-10m.json (npm world-atlas 2.0.2) --derive--> borders_10m.json.gz
    countries-50m.json (of the same)           --derive--> borders_50m.json.gz

In: the TopoJSON file. Out: the same arcs, on the same grid, with country
polygons after the UN's view where Natural Earth's default view is another; byte-identical for the
same input and zlib. Only the standard library is used. See src/truceline/ground/data/README.md.

    python tools/derive_borders.py package/countries-10m.json src/truceline/ground/data/borders_10m.json.gz
    python tools/derive_borders.py --coarse package/countries-50m.json src/truceline/ground/data/borders_50m.json.gz
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[int]
Polygon = list[Ring]

# A part that the UN counts to another state: (name in the source, a point inside the part as
# longitude and latitude or None for all of it, the state, why). A line between the two is then no
# international border, which also matters in practice: a line of contact that follows it would
# otherwise be taken for one.
UN_VIEW: tuple[tuple[str, tuple[float, float] | None, str, str], ...] = (
    ("Russia", (34.10, 44.95), "Ukraine", "Crimea with Sevastopol: A/RES/68/262 (2014)"),
    ("N. Cyprus", None, "Cyprus", "S/RES/541 (1983) and S/RES/550 (1984)"),
    ("Cyprus U.N. Buffer Zone", None, "Cyprus", "S/RES/186 (1964)"),
    ("Somaliland", None, "Somalia", "S/RES/2158 (2014) and others: sovereignty and unity of Somalia"),
    ("Baikonur", None, "Kazakhstan", "leased, not ceded"),
)


def decoded(topology: dict[str, Any], arc: int) -> list[tuple[float, float]]:
    """The points of an arc in degrees; a negative number runs it backwards, as TopoJSON has it."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][arc if arc >= 0 else ~arc]:
        x, y = x + dx, y + dy
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points if arc >= 0 else points[::-1]


def ring_points(topology: dict[str, Any], ring: Ring) -> list[tuple[float, float]]:
    """The points of a ring; the point two arcs share is given once."""
    points: list[tuple[float, float]] = []
    for arc in ring:
        points.extend(decoded(topology, arc)[1 if points else 0 :])
    return points


def holds(points: list[tuple[float, float]], lon: float, lat: float) -> bool:
    """Whether a ring holds a point, by counting crossings."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(points):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def countries_of(topology: dict[str, Any]) -> dict[str, list[Polygon]]:
    """Polygons of each country as rings of arcs, without islands that the grid reduced to a point."""
    found: dict[str, list[Polygon]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        kept = []
        for polygon in polygons:
            rings = [ring for ring in polygon if len(ring_points(topology, ring)) >= 4]
            if rings and rings[0] == polygon[0]:
                kept.append(rings)
        if kept:
            found.setdefault(country["properties"]["name"], []).extend(kept)
    return found


# Natural Earth's 1:50m draws these as part of the state they are counted to, or not at all.
NOT_AT_1_50M = ("Cyprus U.N. Buffer Zone", "Baikonur")


def apply_un_view(topology: dict[str, Any], countries: dict[str, list[Polygon]], *, coarse: bool = False) -> None:
    """Move each part of UN_VIEW to its state; a part that is not there stops the derivation."""
    for source, inside, state, _why in UN_VIEW:
        if coarse and source in NOT_AT_1_50M and source not in countries:
            continue
        moved = [
            polygon
            for polygon in countries.get(source, [])
            if inside is None or holds(ring_points(topology, polygon[0]), *inside)
        ]
        if not moved or state not in countries or (inside is not None and len(moved) != 1):
            raise SystemExit(f"{source} ({inside}) -> {state}: not found once in this file; is it world-atlas 2.0.2?")
        countries[source] = [polygon for polygon in countries[source] if polygon not in moved]
        countries[state].extend(moved)
        if not countries[source]:
            del countries[source]


def derive(topology: dict[str, Any], *, coarse: bool = False) -> bytes:
    """The shipped file as bytes: JSON with one list of differences an axis, gzipped without a clock."""
    countries = countries_of(topology)
    apply_un_view(topology, countries, coarse=coarse)
    used = sorted({arc if arc >= 0 else ~arc for ps in countries.values() for p in ps for ring in p for arc in ring})
    number = {old: new for new, old in enumerate(used)}

    def renumbered(ring: Ring) -> Ring:
        return [number[arc] if arc >= 0 else ~number[~arc] for arc in ring]

    arcs = [topology["arcs"][old] for old in used]
    out = {
        "format": "truceline-borders-1",
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "lengths": [len(arc) for arc in arcs],
        "dx": [point[0] for arc in arcs for point in arc],
        "dy": [point[1] for arc in arcs for point in arc],
        "countries": [
            [name, [[renumbered(ring) for ring in polygon] for polygon in countries[name]]]
            for name in sorted(countries)
        ],
    }
    text = json.dumps(out, separators=(",", ":"), ensure_ascii=True).encode("ascii")
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as stream:
        stream.write(text)
    return packed.getvalue()


def main() -> None:
    """Read the source, write the derived file, print both fingerprints for the README."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("source", type=Path, help="countries-10m.json of npm world-atlas 2.0.2")
    asked.add_argument("out", type=Path, help="where to write borders_10m.json.gz")
    asked.add_argument("--coarse", action="store_true", help="the source is countries-50m.json")
    paths = asked.parse_args()
    source = paths.source.read_bytes()
    packed = derive(json.loads(source), coarse=paths.coarse)
    paths.out.write_bytes(packed)
    print(f"{hashlib.sha256(source).hexdigest()}  {paths.source.name}  {len(source)} bytes")
    print(f"{hashlib.sha256(gzip.decompress(packed)).hexdigest()}  its content, unpacked")
    print(f"{hashlib.sha256(packed).hexdigest()}  {paths.out.name}  {len(packed)} bytes")


if __name__ == "__main__":
    main()
