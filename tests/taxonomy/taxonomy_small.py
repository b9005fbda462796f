"""A taxonomy small enough to work out by hand."""

from hotline_stats.taxonomy import Taxonomy, parse

SMALL = """
id = "small"
version = "7"
priority = ["noise", "garbage", "other"]
ignore = ["是不是", "噪音科"]
whole = ["停车场"]

[note]
zh = "说明"
en = "A note"

[scoring]
title = 2.0
spans = [[10, 1.0], [20, 0.5], [1000, 0.25]]
primary_min = 2
label_min = 2
label_share = 0.5

[[types]]
id = "noise"
zh = "噪声"
en = "Noise"
[[types]]
id = "garbage"
zh = "垃圾"
en = "Garbage"
[[types]]
id = "other"
zh = "其他"
en = "Other"

[[groups]]
id = "both"
zh = "两类"
en = "Both"
types = ["noise", "garbage"]
request_types = ["投诉"]

[words]
loud = ["吵", "吵闹"]

[[rules]]
type = "noise"
weight = 4
phrases = ["噪音", "(很|太)<loud>", "KTV"]
[[rules]]
type = "garbage"
weight = 4
phrases = ["垃圾", "垃圾噪音"]
[[rules]]
type = "garbage"
weight = 6
phrases = ["脏乱"]
place = "title"
[[rules]]
type = "other"
weight = 3
phrases = ["工资"]

[[pairs]]
type = "noise"
weight = 5
first = ["车", "停"]
then = ["响"]
within = 4
until = "clause"

[[cues]]
reason = "negated"
side = "before"
within = 2
pair_words = true
phrases = ["不是", "没有"]
[[cues]]
reason = "solved"
side = "after"
within = 3
phrases = ["已解决"]
[[cues]]
reason = "background"
side = "before"
within = 4
factor = 0.5
types = ["garbage"]
phrases = ["去过"]
[[cues]]
reason = "request"
side = "before"
within = 8
until = "sentence"
factor = 1.5
phrases = ["希望"]

[[quotes]]
begin = ["答复："]
end = ["”"]

[[preferences]]
type = "garbage"
over = ["noise"]
ratio = 0.75
"""


def small(old: str = "", new: str = "") -> Taxonomy:
    """The small taxonomy, with one piece of its text replaced."""
    assert old in SMALL
    return parse("small.toml", SMALL.replace(old, new, 1).encode() if old else SMALL.encode())
