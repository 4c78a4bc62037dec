"""Which map a day rests on: the newest by then, if it is young enough, and what to say beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from truceline.errors import FeedMissing
from truceline.ground.control_area import ControlArea

MAX_AGE_DAYS = 7


def map_for(
    control_areas: Sequence[ControlArea],
    day: date,
    max_age_days: int = MAX_AGE_DAYS,
    others: Sequence[ControlArea] = (),
) -> tuple[ControlArea, str]:
    """The map a day rests on, and the sentence that has to stand beside every figure from it.

    Raises:
        FeedMissing: No map by then, or none that is young enough.
    """
    past = [area for area in control_areas if area.day <= day]
    if not past:
        after = min((area.day for area in control_areas), default=None)
        what = "there is no control map" if after is None else f"the first control map is of {after}, a later day"
        raise FeedMissing("control map", f"{what}, so {day} has no line", "Add a map of that day or the week before.")
    newest = max(area.day for area in past)
    age = (day - newest).days
    if age > max_age_days:
        raise FeedMissing(
            "control map",
            f"the newest map by {day} is of {newest}, {age} days old, more than {max_age_days}",
            "Add a map of that day or the week before.",
        )
    of_day = sorted((area for area in past if area.day == newest), key=lambda area: (area.publisher, area.entry))
    control = of_day[0]
    note = f"According to {control.publisher}, map of {newest}"
    note += "." if age == 0 else f", {age} day{'s' if age > 1 else ''} old."
    unused = sorted({area.publisher for area in of_day} - {control.publisher})
    if unused:
        note += f" Maps of the same day by {', '.join(unused)} are not used here."
    elif not others:
        note += " There is no second publisher to compare it with."
    again = [area for area in of_day[1:] if area.publisher == control.publisher and not area.area.equals(control.area)]
    if again:
        note += f" {control.publisher} gave {len(again) + 1} differing maps of that day; the first by entry id is used."
    if control.repaired:
        note += " Its outline crossed itself or was left open and was mended."
    return control, note
