"""Title and content of a ticket: its matter in one of many forms, with what real texts carry around it."""

from dataclasses import dataclass
from typing import Any

from hotline_stats.samples.draw import Draw, running
from hotline_stats.samples.pattern import fill
from hotline_stats.samples.source import table
from hotline_stats.samples.words import Scene

TITLE_LENGTH = 26
NO_PROPERTY = ("property_service", "owners_committee")
"""Types whose texts do not tell of calls to the property company, because it may be their matter."""

ALSO = {
    "illegal_construction": ("green_damage", "noise"),
    "corridor_clutter": ("ebike", "sanitation", "group_rental"),
    "load_bearing": ("noise", "illegal_construction"),
    "cooking_fumes": ("noise", "sanitation"),
    "home_renewal": ("building_repair", "parking"),
    "nimby": ("noise",),
    "parking": ("sanitation",),
    "lift": ("building_repair",),
    "group_rental": ("noise", "corridor_clutter", "ebike"),
    "green_damage": ("sanitation",),
    "ebike": ("corridor_clutter",),
    "owners_committee": ("property_service",),
    "building_repair": ("property_service",),
}
"""The second problems that come with a first one."""


@dataclass(frozen=True)
class Text:
    """What was written, and which second problem it also tells of."""

    title: str
    content: str
    secondary: tuple[str, ...]


def compose(draw: Draw, scene: Scene, kind: str, request: str) -> Text:
    """The text of one ticket of type `kind` and request type `request`."""
    own = table(f"texts/{kind}")
    slot = {"咨询": "ask", "建议": "suggest", "表扬": "praise"}.get(request, "cores")
    core = scene.write(draw.pick(own[slot]))
    if slot == "cores":
        return _complaint(draw, scene, kind, request, core)
    parts = {
        "core": core,
        "detail": _sentence(draw, scene, own["details"]),
        "tail": _sentence(draw, scene, table("common")["tails"]),
    }
    content = _form(draw, scene, f"{slot}_forms", parts)
    title = _clause(core)
    if draw.chance(400) or len(title) < 6:
        title = scene.write(draw.pick(table("common")[f"{slot}_titles"]))
    return Text(title, _tidy(content), ())


def _complaint(draw: Draw, scene: Scene, kind: str, request: str, core: str) -> Text:
    own, common = table(f"texts/{kind}"), table("common")
    first, second = draw.shuffled(own["details"])[:2]
    also = (draw.pick(ALSO[kind]),) if kind in ALSO and draw.chance(70) else ()
    middle = _middle(draw, scene, kind, first)
    if also:
        middle.append(_sentence(draw, scene, table(f"texts/{also[0]}")["also"]))
    parts = {
        "core": core,
        "middle": "".join(f"{s}。" for s in middle),
        "detail": middle[-1] if also else first,
        "more": second,
        "wish": _sentence(draw, scene, own["wishes"]),
        "tail": _sentence(draw, scene, common["tails"]),
        "face": draw.pick(common["faces"]),
    }
    content = _tidy(_form(draw, scene, "help_forms" if request == "求助" else "forms", parts))
    if draw.chance(55):
        content += "\n" + draw.pick(common["replies"])
    told = also and parts["detail"] in content
    return Text(_title(draw, scene, own, core, bool(told)), content, also if told else ())


def _middle(draw: Draw, scene: Scene, kind: str, detail: str) -> list[str]:
    """What stands between the matter and the wish: what it does, since when, who was told before."""
    own, common = table(f"texts/{kind}"), table("common")
    known = common["background"] + ([] if kind in NO_PROPERTY else common["background_property"])
    chosen = (
        (25 if own["negated"] else 0, own["negated"]),
        (680, [detail]),
        (200, common["stories"]),
        (330, common["since"]),
        (300, known),
    )
    return [_sentence(draw, scene, patterns) for chance, patterns in chosen if draw.chance(chance)]


def _title(draw: Draw, scene: Scene, own: dict[str, Any], core: str, clear: bool) -> str:
    """The first words of the matter, the type's usual title, or a vague one; of two problems it names the first."""
    at = draw.number()
    clause = _clause(core)
    if at < 0.45 and len(clause) >= 8 and not clear:
        return draw.pick(
            (clause, clause, clause, f"反映{clause}", f"{clause}，请处理", f"关于{clause}的问题")
        )
    if at < 0.87 or clear:
        return scene.write(draw.pick(own["titles"]))
    return scene.write(draw.pick(table("common")["vague_titles"]))


def _clause(core: str) -> str:
    clause = core.partition("，")[0].removeprefix("市民").removeprefix("反映")
    return clause if len(clause) <= TITLE_LENGTH else ""


def _sentence(draw: Draw, scene: Scene, patterns: list[str]) -> str:
    return scene.write(draw.pick(patterns))


def _form(draw: Draw, scene: Scene, name: str, parts: dict[str, str]) -> str:
    forms = table("common")[name]
    text = draw.weighted(forms, running([f["weight"] for f in forms]))["text"]
    return fill(text, draw, lambda name: parts[name] if name in parts else scene.place(name))


def _tidy(text: str) -> str:
    """Mend what meets badly where parts were joined."""
    for found, better in (
        ("要求要求", "要求"),
        ("请要求", "请督促"),
        ("希望要求", "希望督促"),
        ("市民市民", "市民"),
        ("。。", "。"),
        ("？。", "？"),
        ("诉求：要求", "诉求："),
        ("反映：市民反映", "反映："),
        ("咨询：咨询", "咨询："),
        ("询问：咨询", "询问："),
    ):
        text = text.replace(found, better)
    return text.rstrip("。") + "。" if text.endswith("。。") else text
