"""What a party answered to an issued incident: its words, printed beside it and weighed nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Answer:
    """A dispute or a reply.

    Attributes:
        issue: Which issue of the day it answers: 0 the bulletin, then the corrigenda.
        kind: ``dispute`` or ``reply``.
        late: It came after the window that was open to every party.
    """

    id: str
    incident: str
    issue: int
    party: str
    kind: str
    text: str
    at: datetime
    late: bool
