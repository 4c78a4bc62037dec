"""What passes over: the satellites whose thermal sensors we know, and how far to the side each one looks.

A swath is made by the scan angle and the height of the orbit, so only the angle stands here; the height comes
from the elements of the day. Mean motion and inclination are what the orbit of each is kept at: elements that
do not fit them belong to another satellite or to none.

Sources
    catalogue numbers, mean motion, inclination   general perturbation elements of May 2026, CelesTrak, rounded
    VIIRS, 56.28 degrees   VIIRS User's Guide, NOAA Technical Report NESDIS 142, version 1.2 (2013); of 123,996
                           detections of June 2026 two lay outside, at 56.287 (docs/methods/coverage.md)
    MODIS, 55 degrees      "a plus or minus 55-degree scanning pattern", https://modis.gsfc.nasa.gov/about/design.php
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Satellite:
    """One satellite and its thermal sensor.

    Attributes:
        name: As a case writes it under `satellites`.
        catalogue: Number in the satellite catalogue.
        sensor: The instrument.
        scan_deg: How far from straight down it looks, to either side, degrees.
        revs_per_day: Mean motion its orbit is kept at.
        inclination_deg: Inclination its orbit is kept at.
        firms: How FIRMS writes it in the column `satellite`.
    """

    name: str
    catalogue: int
    sensor: str
    scan_deg: float
    revs_per_day: float
    inclination_deg: float
    firms: tuple[str, ...]


SATELLITES: dict[str, Satellite] = {
    one.name: one
    for one in (
        Satellite("Terra", 25994, "MODIS", 55.0, 14.6, 98.0, ("T", "Terra")),
        Satellite("Aqua", 27424, "MODIS", 55.0, 14.6, 98.4, ("A", "Aqua")),
        Satellite("Suomi NPP", 37849, "VIIRS", 56.28, 14.195, 98.8, ("N",)),
        Satellite("NOAA-20", 43013, "VIIRS", 56.28, 14.195, 98.75, ("N20", "1")),
        Satellite("NOAA-21", 54234, "VIIRS", 56.28, 14.195, 98.75, ("N21", "2")),
    )
}
BY_WRITTEN: dict[str, Satellite] = {
    written.casefold(): one for one in SATELLITES.values() for written in (one.name, *one.firms)
}
BY_CATALOGUE: dict[int, Satellite] = {one.catalogue: one for one in SATELLITES.values()}
