"""`truceline territory`: what changed hands between control maps, in all and by region."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from truceline.ground.series import SeriesDay
    from truceline.ground.territory import Change, Region

_MAPS = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("maps", metavar="MAP_A MAP_B...", nargs=-1, required=True, type=_MAPS)
@click.option("--by", "regions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Regions, GeoJSON.")
@click.option("--name", help="The property that names a region.")
@click.option("--case", type=click.Path(exists=True, path_type=Path), help="Whose [[territory]] says who claims what.")
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), help="Keep a long series here (Parquet).")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def territory(
    maps: tuple[Path, ...],
    regions: Path | None,
    name: str | None,
    case: Path | None,
    keep: Path | None,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Print what changed hands from MAP_A to MAP_B (GeoJSON of one party's area).

    Alpha is the party whose area the maps draw. One publisher's maps cannot tell an advance from a redraw; more than
    two maps, or a folder of them, are told day by day, with what flips back and what jumps set apart.

    \b
    Example:
        truceline territory 20310401.geojson 20310501.geojson --by regions.geojson
        truceline territory maps/ --by regions.geojson --keep series.parquet
    """
    from hashlib import sha256

    from truceline.errors import CaseError

    files = [file for given in maps for file in (_in_folder(given) if given.is_dir() else [given])]
    if len(files) < 2:
        raise click.UsageError("one map says nothing of change: give MAP_A and MAP_B, more maps, or a folder")
    areas: tuple[Region, ...] = ()
    fingerprint = ""
    if regions is not None:
        from truceline.ground.territory import read_regions

        try:
            text = regions.read_bytes()
        except OSError as error:
            raise CaseError(str(regions), f"cannot be read ({error.strerror})", "Give a file you may read") from error
        areas, fingerprint = read_regions(text, who=str(regions), name=name), sha256(text).hexdigest()
    if case is not None and not areas:
        raise click.UsageError("--case needs --by: claims name regions")
    if len(files) == 2 and not any(given.is_dir() for given in maps):
        _two(files, areas, case, svg, as_json)
    else:
        _series(files, areas, fingerprint, keep, svg, as_json)


def _in_folder(folder: Path) -> list[Path]:
    from truceline.cli.maps import day_of

    return sorted(file for file in folder.glob("*.geojson") if day_of(file) is not None)


def _two(files: Sequence[Path], areas: Sequence[Region], case: Path | None, svg: Path | None, as_json: bool) -> None:
    from truceline.cli.maps import day_of, read_map
    from truceline.ground.borders import builtin
    from truceline.ground.territory import changed, standings
    from truceline.terms import read_agreement

    known = [day_of(file) for file in files]
    before, after = read_map(files[0], known[1]), read_map(files[1], known[0])
    try:
        change = changed(before, after, areas)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if svg is not None:
        from truceline.report.ground_picture import change_picture

        svg.write_text(change_picture(before, after, change, builtin()), encoding="utf-8")
    told = _told(change, files)
    claims = () if case is None else read_agreement(case).territory
    stand = standings(after, areas, claims, builtin()) if areas else ()
    told["standing"] = [
        {
            "region": one.name,
            "held_km2": round(one.held_km2, 1),
            "share_held": round(one.share_held, 5),
            "claimed_by": list(one.claimed_by) if case is not None else None,
            "recognised": one.recognised,
        }
        for one in stand
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{'km2':<28}{'to alpha':>10}{'to bravo':>10}{'net':>10}{'alpha holds':>13}")
    click.echo(f"{'all':<28}{change.gained_km2:>10,.1f}{change.lost_km2:>10,.1f}{change.net_km2:>+10,.1f}")
    for row in told["regions"]:
        share = "" if row["share_held"] is None else f"{row['share_held']:.1%}"
        click.echo(f"{str(row['region'])[:27]:<28}{row['to_alpha_km2']:>10,.1f}{row['to_bravo_km2']:>10,.1f}"
                   f"{row['net_km2']:>+10,.1f}{share:>13}")  # fmt: skip
    if case is not None:
        click.echo(f"{'':<28}{'held':>10}  {'claimed by':<20}{'belongs to'}")
        for one in stand:
            by = ", ".join(one.claimed_by) or "–"
            click.echo(f"{one.name[:27]:<28}{one.share_held:>10.1%}  {by[:18]:<20}{one.recognised or '–'}")
    click.echo(str(told["note"]))


def _told(change: Change, files: Sequence[Path]) -> dict[str, Any]:
    return {
        "before_km2": round(change.before_km2, 1),
        "after_km2": round(change.after_km2, 1),
        "to_alpha_km2": round(change.gained_km2, 2),
        "to_bravo_km2": round(change.lost_km2, 2),
        "net_km2": round(change.net_km2, 2),
        "regions": [
            {
                "region": row.name,
                "to_alpha_km2": round(row.gained_km2, 2),
                "to_bravo_km2": round(row.lost_km2, 2),
                "net_km2": round(row.after_km2 - row.before_km2, 2),
                "share_held": None if row.region_km2 is None else round(row.after_km2 / row.region_km2, 5),
            }
            for row in change.regions
        ],
        "note": f"According to {files[0].name} and {files[1].name}. "
        "Without a second publisher this is no finding of displacement.",
    }


def _series(
    files: Sequence[Path],
    areas: Sequence[Region],
    fingerprint: str,
    keep: Path | None,
    svg: Path | None,
    as_json: bool,
) -> None:
    from truceline.cli.kept_series import kept_steps
    from truceline.cli.talk import talking
    from truceline.ground.series import judged, months_of

    with talking("Comparing maps") as say:
        steps, compared = kept_steps(files, areas, fingerprint, keep, say)
        say("Telling advance from redraw")
        days = judged(steps)
    months = months_of(days, steps[0].before, steps[0].before_km2)
    if svg is not None:
        from truceline.report.ground_picture import months_picture

        svg.write_text(months_picture(months, f"{files[0].name} to {files[-1].name}"), encoding="utf-8")
    if as_json:
        told = {
            "days": [_day(day) for day in days],
            "months": [
                {
                    "from": month.first.isoformat(),
                    "to": month.last.isoformat(),
                    "net_km2": round(month.net_km2, 2),
                    "flips_back_km2": round(month.flips_back_km2, 2),
                    "jump_km2": round(month.jump_km2, 2),
                    "regions": {name: round(km2, 2) for name, km2 in month.regions},
                }
                for month in months
            ],
            "maps": len(files),
            "compared_now": compared,
            "note": _note(files),
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{'km2':<24}{'net':>9}{'to alpha':>10}{'to bravo':>10}{'flips':>7}{'jumps':>7}  most in")
    for month in months:
        most = max(month.regions, key=lambda one: (abs(one[1]), one[0]), default=None)
        where = "" if most is None else f"{most[0][:16]} {most[1]:+,.0f}"
        period = f"{month.first} {month.last}"
        apart = f"{month.flips_back_km2:>7,.1f}{month.jump_km2:>7,.1f}"
        both = f"{month.to_alpha_km2:>10,.1f}{month.to_bravo_km2:>10,.1f}"
        click.echo(f"{period:<24}{month.net_km2:>+9,.1f}{both}{apart}  {where}")
    gaps = [day for day in days if day.gap_days > 1]
    if gaps:
        missing = sum(day.gap_days - 1 for day in gaps)
        click.echo(f"{missing} day(s) without a map, the first before {gaps[0].day}: their change is on the next map.")
    click.echo(f"{len(files)} maps, {compared} compared now. {_note(files)}")


def _day(day: SeriesDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "gap_days": day.gap_days,
        "area_km2": round(day.area_km2, 2),
        "to_alpha_km2": round(day.to_alpha_km2, 3),
        "to_bravo_km2": round(day.to_bravo_km2, 3),
        "flips_back_km2": round(day.flips_back_km2, 3),
        "jump_km2": round(day.jump_km2, 3),
        "provisional": day.provisional,
        "regions": {
            one.name: {"to_alpha_km2": round(one.to_alpha_km2, 3), "to_bravo_km2": round(one.to_bravo_km2, 3)}
            for one in day.regions
        },
    }


def _note(files: Sequence[Path]) -> str:
    return (
        f"According to {files[0].name} to {files[-1].name}. Alpha is whose area the maps draw. Without a second "
        "publisher this is no finding of displacement."
    )
