"""`truceline territory`: what changed hands between two control maps, in all and by region."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("map_a", metavar="MAP_A", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("map_b", metavar="MAP_B", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "regions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Regions, GeoJSON.")
@click.option("--name", help="The property that names a region.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def territory(map_a: Path, map_b: Path, regions: Path | None, name: str | None, as_json: bool) -> None:
    """Print what changed hands from MAP_A to MAP_B (GeoJSON of one party's area).

    Alpha is the party whose area the maps draw. One publisher's maps cannot tell an advance from a redraw.

    \b
    Example:
        truceline territory 20310401.geojson 20310501.geojson --by regions.geojson
    """
    from truceline.cli.maps import day_of, read_map
    from truceline.errors import CaseError
    from truceline.ground.territory import changed, read_regions

    known = [day_of(file) for file in (map_a, map_b)]
    before, after = read_map(map_a, known[1]), read_map(map_b, known[0])
    try:
        areas = () if regions is None else read_regions(regions.read_bytes(), who=str(regions), name=name)
        change = changed(before, after, areas)
    except OSError as error:
        raise CaseError(str(regions), f"cannot be read ({error.strerror})", "Give a file you may read") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    rows = [
        {
            "region": row.name,
            "to_alpha_km2": round(row.gained_km2, 2),
            "to_bravo_km2": round(row.lost_km2, 2),
            "net_km2": round(row.after_km2 - row.before_km2, 2),
            "share_held": None if row.region_km2 is None else round(row.after_km2 / row.region_km2, 5),
        }
        for row in change.regions
    ]
    told = {
        "before_km2": round(change.before_km2, 1),
        "after_km2": round(change.after_km2, 1),
        "to_alpha_km2": round(change.gained_km2, 2),
        "to_bravo_km2": round(change.lost_km2, 2),
        "net_km2": round(change.net_km2, 2),
        "regions": rows,
        "note": f"According to {map_a.name} and {map_b.name}. "
        "Without a second publisher this is no finding of displacement.",
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{'km2':<28}{'to alpha':>10}{'to bravo':>10}{'net':>10}{'alpha holds':>13}")
    click.echo(f"{'all':<28}{change.gained_km2:>10,.1f}{change.lost_km2:>10,.1f}{change.net_km2:>+10,.1f}")
    for row in rows:
        share = "" if row["share_held"] is None else f"{row['share_held']:.1%}"
        click.echo(f"{str(row['region'])[:27]:<28}{row['to_alpha_km2']:>10,.1f}{row['to_bravo_km2']:>10,.1f}"
                   f"{row['net_km2']:>+10,.1f}{share:>13}")  # fmt: skip
    click.echo(str(told["note"]))
