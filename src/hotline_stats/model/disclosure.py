"""What a published report leaves out, and how places of two levels lie in each other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

AUDIENCES = ("internal", "public")
PUBLIC_BY = ("month", "request_type", "channel", "category", "district", "street", "community")
"""What a public report compares by; of places no finer level, and no unit."""
PUBLIC_PLACES = ("district", "street", "community")
MARK = "*"
"""What stands in the place of a suppressed figure."""


@dataclass(frozen=True)
class Disclosure:
    """That results are for the public. `below`: counts above zero and below it are not told, nor what would tell them."""

    below: int


@dataclass(frozen=True, eq=False)
class Crossing:
    """Tickets by place of two levels, of which everybody knows which lies in which. `rows`: columns outer, inner,
    current, baseline (a mean's on average), those with a ticket in either window."""

    outer: str
    inner: str
    rows: "pd.DataFrame"
