"""What limited the watch on a day, in sentences: failures, restrictions, passes and cloud that are not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from truceline.feeds.record import Interval, Trouble
from truceline.observations.passes import Sky
from truceline.observations.spans import merge
from truceline.spacetime import When, iso
from truceline.terms.agreement import FeedTerms, Outage

CAUSES = {
    "outage": "outage",
    "access_denied": "access denied",
    "jamming": "jamming",
    "withdrawn_by_provider": "withdrawn by its provider",
}


def limits(
    day: When,
    *,
    feeds: Sequence[FeedTerms],
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    skies: Mapping[str, Sky] | None = None,
    cloud_known: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """What limited the watch on a day, one sentence each, in the order of the feeds.

    Args:
        day: The period of the bulletin.
        feeds: To speak of.
        intervals: When they looked.
        troubles: What went wrong with them.
        skies: By feed, what the orbits of its satellites say of the day.
        cloud_known: Feeds of which the cloud feed told the clear share of every look.
    """
    said: list[str] = []
    for feed in feeds:
        said += [
            f"{feed.name}: {t.what}"
            for t in troubles
            if t.feed == feed.name and t.outage and (t.when is None or t.when.overlaps(day))
        ]
        said += [_restricted(feed, o) for o in feed.outages if When(o.start, o.end).overlaps(day)]
        mine = [i for i in intervals if i.feed == feed.name and i.when.overlaps(day)]
        said += _covered(feed, mine, day)
        sky = None if skies is None else skies.get(feed.name)
        if sky is not None and any(i.kind == "feed" for i in mine):
            said += [f"{feed.name}: when {missing.partition(':')[0]} passed is not known: "
                     f"{missing.partition(':')[2].strip()}" for missing in sky.missing]  # fmt: skip
        if any((i.kind == "feed" and sky is None) or (i.kind == "passing" and i.looks is None) for i in mine):
            said.append(f"{feed.name}: when and where its sensor passed is not known")
        if feed.name not in cloud_known and any(i.kind != "staring" and i.clear_share is None for i in mine):
            said.append(f"{feed.name}: cloud over the line is not known")
    return tuple(dict.fromkeys(said))


def _restricted(feed: FeedTerms, outage: Outage) -> str:
    return f"{feed.name}: {CAUSES[outage.cause]} {iso(outage.start)} to {iso(outage.end)}, {outage.reason}"


def _covered(feed: FeedTerms, mine: Sequence[Interval], day: When) -> list[str]:
    covered = merge(part for i in mine if (part := i.when.meet(day)) is not None)
    if feed.coverage is not None and not covered:
        return [f"{feed.name}: covers nothing of this day"]
    hours = math.fsum(part.hours for part in covered)
    if any(i.kind == "feed" for i in mine) and hours < day.hours - 0.01:
        return [f"{feed.name}: covers only " + ", ".join(f"{iso(p.start)} to {iso(p.end)}" for p in covered)]
    return []
