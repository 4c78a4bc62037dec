"""What the sources gave, parsed and nothing more: one file a source, no opinions.

In: receipts of the ledger and a window of time. Out: `Records` (detections, reports, documents,
quotations, control areas, coverage intervals, rows set aside, troubles).
The verb is `collect`; read `record.py` first, then `collect.py` with the table `FEEDS`.
"""

from __future__ import annotations

from truceline.feeds.collect import FEEDS, collect
from truceline.feeds.record import Records

__all__ = ["FEEDS", "Records", "collect"]
