"""Reading an HTML report again, with the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "input", "col"}


@dataclass
class Page:
    """What stands in a page: tags with attributes, tables as rows of texts, cards, all text."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    text: str = ""
    problems: list[str] = field(default_factory=list)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []
        self.table = ""

    def handle_starttag(self, tag, attrs):
        self.page.tags.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.table = dict(attrs)["id"]
            self.page.tables[self.table] = []
        elif tag == "tr":
            self.page.tables[self.table].append([])
        elif tag in ("td", "th"):
            self.page.tables[self.table][-1].append("")
        elif tag == "caption":
            self.page.captions.append("")

    def handle_startendtag(self, tag, attrs):
        self.page.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.page.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "title", "desc"):
            return
        self.page.text += data
        if {"td", "th"} & set(self.open):
            self.page.tables[self.table][-1][-1] += data
        elif "caption" in self.open:
            self.page.captions[-1] += data


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.problems += [f"<{tag}> is never closed" for tag in reader.open]
    return reader.page
