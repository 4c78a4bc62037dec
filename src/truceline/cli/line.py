"""`truceline line`: what a control map says is held, and how long its line is, at which scale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from truceline.ground.reference import ReferenceLine

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("control_map", metavar="MAP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tolerance-km", "tolerances", multiple=True, type=float, help="Scale; may be repeated. [default: 3, 5]")
@click.option("--country", "countries", multiple=True, help="Only on this country's land; may be repeated.")
@click.option("--of-km2", type=float, help="Share of this many km2 instead of the country's land.")
@click.option("--sector-km", type=float, default=25.0, show_default=True, help="Length of a sector.")
@click.option("--only", multiple=True, help="Take only features with property=value; may be repeated.")
@click.option("--reference", type=_FILE, help="Count kilometres along this line (GeoJSON).")
@click.option("--rebase", type=_FILE, help="Print where each kilometre of this line lies on the reference line.")
@click.option(
    "--write-reference", type=click.Path(dir_okay=False, path_type=Path), help="Keep this line for --reference."
)
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def line(
    control_map: Path,
    tolerances: tuple[float, ...],
    countries: tuple[str, ...],
    of_km2: float | None,
    sector_km: float,
    only: tuple[str, ...],
    reference: Path | None,
    rebase: Path | None,
    write_reference: Path | None,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Print area, share, length and sectors of a control MAP (GeoJSON).

    A length without its scale is meaningless: it is printed for 3 and 5 km unless told. Kilometres count along the
    map's own line, or along a fixed one: then kilometre 412 stays 412 when the map is redrawn.

    \b
    Example:
        truceline line control_20310419.geojson --country Ostrel
        truceline line control_20310419.geojson --write-reference reference.geojson
    """
    from truceline.cli.maps import read_map
    from truceline.ground.borders import builtin
    from truceline.ground.line import line_of_contact, plane_of
    from truceline.ground.places import builtin as places
    from truceline.ground.reference import cut_along, of_line, rebased
    from truceline.ground.sectors import cut
    from truceline.ground.territory import holding

    control, borders = read_map(control_map, only=only), builtin()
    try:
        lines = [
            line_of_contact(control, borders, tolerance_km=km, on_land_of=countries) for km in tolerances or (3.0, 5.0)
        ]
        along = of_line(lines[0]) if reference is None else _line_file(reference)
        if reference is None:
            sectors = cut(lines[0], sector_km, plane_of(control))
        else:
            sectors, _ = cut_along(lines[0], along, sector_km)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    held = holding(control, borders)
    if of_km2 is not None and of_km2 <= 0:
        raise click.UsageError(f"--of-km2 {of_km2:g} must be above 0")
    whole = of_km2 or held.country_km2 or None
    told = {
        "area_km2": round(held.area_km2, 1),
        "share": None if whole is None else round(held.area_km2 / whole, 5),
        "share_of": {"country": held.country, "km2": None if whole is None else round(whole, 1)},
        "on_land_km2": round(held.on_land_km2, 1),
        "off_land_km2": round(held.area_km2 - held.on_land_km2, 1),
        "share_on_land": None if whole is None else round(held.on_land_km2 / whole, 5),
        "length_km": [
            {
                "tolerance_km": one.tolerance_km,
                "length_km": round(one.length_km, 1),
                "pieces": len(one.pieces),
                "dropped_km": round(one.dropped_km, 1),
            }
            for one in lines
        ],
        "sectors": [
            {
                "sector": s.id,
                "from_km": round(s.from_km, 1),
                "to_km": round(s.to_km, 1),
                "length_km": round(s.length_km, 1),
            }
            for s in sectors
        ],
        "reference": None if reference is None else along.name,
        "note": f"According to {control_map.name}; {borders.source}.",
    }
    if rebase is not None:
        table = rebased(_line_file(rebase), along, every_km=sector_km)
        told["rebased"] = [vars(row) for row in table]
    if write_reference is not None:
        write_reference.write_bytes(along.to_geojson())
    if svg is not None:
        from truceline.report.ground_picture import line_picture

        share = "" if whole is None else f", {held.area_km2 / whole:.1%} of {whole:,.0f} km²"
        drawn = line_picture(control, lines, sectors, borders, places(), f"Area held {held.area_km2:,.0f} km²{share}.")
        svg.write_text(drawn, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    of = "the given area" if of_km2 else held.country or "no country's land"
    click.echo(f"Area held       {held.area_km2:12,.0f} km2")
    if whole is not None:
        click.echo(f"  share         {held.area_km2 / whole:12.1%}     of {whole:,.0f} km2, {of}")
        click.echo(f"  on that land  {held.on_land_km2:12,.0f} km2 {held.on_land_km2 / whole:.1%}; off it "
                   f"{held.area_km2 - held.on_land_km2:,.0f} km2")  # fmt: skip
    for one in lines:
        click.echo(f"Line at {one.tolerance_km:g} km    {one.length_km:12,.0f} km  in {len(one.pieces)} piece(s), "
                   f"{one.dropped_km:.0f} km of scraps left out")  # fmt: skip
    click.echo(f"Sectors         {len(sectors):12}     of {sector_km:g} km along {along.name}")
    if rebase is not None:
        click.echo(f"{'old km':>9} {'new km':>9} {'m apart':>9}   of {rebase.name} on {along.name}")
        for row in table:
            click.echo(f"{row.old_km:>9,.1f} {row.new_km:>9,.1f} {row.apart_m:>9,.0f}")
    click.echo(str(told["note"]))


def _line_file(file: Path) -> ReferenceLine:
    from truceline.errors import CaseError
    from truceline.ground.reference import of_file

    try:
        return of_file(file.read_bytes(), name=file.name)
    except OSError as error:
        raise CaseError(str(file), f"cannot be read ({error.strerror})", "Give a file you may read") from error
