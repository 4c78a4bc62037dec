"""Incidents as GeoJSON (RFC 7946): each a cell of the declared grid, never a point.

Properties are flat, so that every map program shows them. Longitude comes first, outer rings run
counter-clockwise, positions are WGS 84 as the standard demands; marking and day are foreign members (section 6.1).
Source: https://www.rfc-editor.org/rfc/rfc7946
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def incidents(bulletin: Mapping[str, Any]) -> str:
    """The incidents of a bulletin as the text of a FeatureCollection."""
    collection = {
        "type": "FeatureCollection",
        "marking": bulletin["marking"],
        "exercise": bulletin["exercise"],
        "bulletin": bulletin["number"],
        "day": bulletin["day"],
        "features": [_feature(one) for one in bulletin["incidents"]],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def _feature(incident: Mapping[str, Any]) -> dict[str, Any]:
    occurrence = incident["occurrence"]
    return {
        "type": "Feature",
        "id": incident["id"],
        "geometry": _geometry(incident["cell"]),
        "properties": {
            "class": incident["class"],
            "class_name": incident["class_name"],
            "sector": incident["sector"],
            "from": incident["from"],
            "to": incident["to"],
            "precision": incident["precision"],
            "uncertainty_km": incident["uncertainty_km"],
            "grade": incident["grade"],
            "counted": incident["counted"],
            "occurrence_likelihood": occurrence["likelihood"],
            "occurrence_range": occurrence["range"],
            "occurrence_confidence": occurrence["confidence"],
            "independent_roots": sum(1 for root in incident["roots"] if root["independent"]),
            "observations": len(incident["observations"]),
        },
    }


def _geometry(cell: Mapping[str, float] | None) -> dict[str, Any] | None:
    """A cell as a polygon; null where the place is not published (RFC 7946, section 3.2: an unlocated feature)."""
    if cell is None:
        return None
    west, south, east, north = cell["west"], cell["south"], cell["east"], cell["north"]
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }
