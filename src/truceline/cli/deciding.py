"""What `same` and `different` have in common: one decision, kept in the ledger of a case that was run before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


def decided(case: Path, verdict: str, a: str, b: str, person: str, reason: str) -> str:
    """Keep a decision and say what was kept."""
    from truceline.ledger import Ledger, decide
    from truceline.terms.decision import Verdict

    now = datetime.now(UTC).replace(microsecond=0)
    if not (case / "ledger").is_dir():
        raise click.UsageError(f"{case} has no ledger yet. Run it first.")
    try:
        with Ledger(case / "ledger") as ledger:
            kept = decide(ledger, Verdict(verdict), a, b, person=person, at=now, reason=reason)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return f"{kept.id}  {kept.a} and {kept.b}: {kept.verdict}"
