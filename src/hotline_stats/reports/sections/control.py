"""Which months are out of line with those before the period: signals of control charts in words, and a chart."""

from hotline_stats.reports import rows
from hotline_stats.reports.course_tables import base_said, season_said
from hotline_stats.reports.document import Block, Paragraph
from hotline_stats.reports.matter import Matter
from hotline_stats.reports.words import capital


def blocks(matter: Matter) -> list[Block]:
    """The signals of all tickets and of the two groups within the period; a note where there are no limits."""
    words, course = matter.words, matter.results.course
    if course is None:
        return []
    if course.base is None:
        notes = [n.text(words.lang) for n in course.notes if n.code == "no-limits"]
        return [Paragraph(words.joined(notes))] if notes else []
    groups = rows.shown_groups(matter.results) if matter.typed else {}
    keys = [
        k for k in ("total", *(g for g in ("headline", "property") if g in groups)) if course.has_limits(k)
    ]
    if not keys:
        return []
    said, quiet = [base_said(course, words)], []
    for key in keys:
        name = words.say("all-tickets") if key == "total" else course.name(key, words.lang)
        signals = course.said(words.lang, key, matter.results.windows.period)
        if signals:
            joined = words.say("signal-mark").join(signals)
            said.append(words.say("control-said", name=capital(name), signals=joined))
        else:
            quiet.append(name)
    if quiet:
        said.append(words.say("control-quiet", names=words.listed(quiet)))
    said.append(season_said(course, words))
    caption = words.say("figure-control", name=capital(words.say("all-tickets")))
    return [Paragraph(words.joined(said)), *matter.figure("control", caption)]
