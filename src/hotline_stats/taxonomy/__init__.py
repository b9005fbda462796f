"""From ticket text to problem types: taxonomies, their rules, and the classifier that runs them."""

from hotline_stats.taxonomy.classifier import Classified, Evidence, classify, labels_text
from hotline_stats.taxonomy.explanation import Explanation, Match, explain
from hotline_stats.taxonomy.filed import Filed
from hotline_stats.taxonomy.lint import Oddity, lint
from hotline_stats.taxonomy.loader import Taxonomy, load, names, parse
from hotline_stats.taxonomy.reader import Reader
from hotline_stats.taxonomy.second import AGREES, DECIDES, NOT_ASKED, SECOND

__all__ = [
    "AGREES",
    "DECIDES",
    "NOT_ASKED",
    "SECOND",
    "Classified",
    "Evidence",
    "Explanation",
    "Filed",
    "Match",
    "Oddity",
    "Reader",
    "Taxonomy",
    "classify",
    "explain",
    "labels_text",
    "lint",
    "load",
    "names",
    "parse",
]
