"""Statements as schema.org ClaimReview in JSON-LD, for those who collect claims. Truceline gives no verdict.

Every statement of a party on what is or was (asserted, admitted, denied, accused, neither) is one ClaimReview:
who said it, when, the exact words, and which position we read. `reviewRating` says that nothing was rated: whether
something happened stands in the incidents, whose counts no statement enters.
Shape: https://schema.org/ClaimReview
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

CLAIMS = (
    "asserts", "acknowledges", "acknowledges_in_part", "denies", "neither_confirms_nor_denies", "accuses", "reports",
)  # fmt: skip


def claims(bulletin: Mapping[str, Any]) -> str:
    """The claims of a bulletin as one JSON-LD document."""
    names = {one["party"]: one["name"] for one in bulletin["parties"]}
    rows = [_review(bulletin, one, names) for one in bulletin["statements"] if one["position"] in CLAIMS]
    document = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": f"{bulletin['title']}: claims in bulletin {bulletin['number']}",
        "description": f"{bulletin['marking']}. What was said, and the position read from it. Nothing is rated.",
        "numberOfItems": len(rows),
        "itemListElement": rows,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n"


def _review(bulletin: Mapping[str, Any], one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "@type": "Claim",
        "author": _author(one, names),
        "text": one["quote"],
        "identifier": one["id"],
        "appearance": {"@type": "CreativeWork", "identifier": one["document"]},
    }
    if one["said_at"] is not None:
        claim["datePublished"] = one["said_at"].split("T")[0]
    return {
        "@type": "ClaimReview",
        "identifier": f"{bulletin['number']}#{one['id']}",
        "claimReviewed": one["quote"],
        "itemReviewed": claim,
        "author": {"@type": "Organization", "name": bulletin["software"]},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "not rated",
            "ratingExplanation": f"Position read: {one['position']} ({one['reason']}). Nothing was judged.",
        },
    }


def _author(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    party = names.get(one["party"] or "", one["party"])
    if one["speaker"] and one["speaker"] != party:
        author: dict[str, Any] = {"@type": "Person" if one["role"] else "Organization", "name": one["speaker"]}
        if party:
            author["affiliation" if one["role"] else "parentOrganization"] = {"@type": "Organization", "name": party}
        return author
    return {"@type": "Organization", "name": party or "not named"}
