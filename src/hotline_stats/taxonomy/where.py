"""The line of a TOML file that a key stands in: the parser tells values only."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\")\s*=")


def line(text: str, key: str, phrase: str = "") -> int | None:
    """The line (from 1) of a key such as "rules[3].weight" (numbers from 1), or of its table where the table lacks
    it; with a `phrase`, the line from there on that holds the phrase. None where neither is found."""
    table, _, name = key.rpartition(".")
    lines = text.splitlines()
    here, counts, found = "", dict[str, int](), None
    for number, content in enumerate(lines, 1):
        if header := _HEADER.match(content):
            here = header[2]
            if header[1] == "[[":
                counts[here] = counts.get(here, 0) + 1
                here = f"{here}[{counts[here]}]"
            if here == table or (not table and here == name):
                found = number
        elif here == table and (named := _KEY.match(content)) and named[1].strip('"') == name:
            found = number
            break
    if found and phrase:
        return next((n for n in range(found, len(lines) + 1) if f'"{phrase}"' in lines[n - 1]), found)
    return found
