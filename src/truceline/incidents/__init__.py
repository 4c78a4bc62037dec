"""One thing that happened, however many saw it.

In: observations of a day. Out: `Incidents`, each naming the observations it rests on and why.
The verb is `link`; read `linking.py` first, then `pairs.py` (what near means).
"""

from __future__ import annotations

from truceline.incidents.incident import Incident, Incidents, Link
from truceline.incidents.linking import link
from truceline.incidents.naming import Names, name_of

__all__ = ["Incident", "Incidents", "Link", "Names", "link", "name_of"]
