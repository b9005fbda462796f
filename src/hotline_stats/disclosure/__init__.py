"""What of the results may be published: small counts hidden, so that none of them can be computed back."""

from hotline_stats.disclosure.account import intake, provenance
from hotline_stats.disclosure.public import public

__all__ = ["intake", "provenance", "public"]
