"""The canonical columns of a ticket, what they hold and what people call them."""

from dataclasses import dataclass
from typing import Literal

from hotline_stats.messages import Lang

Kind = Literal["id", "time", "category", "flag", "rating", "number", "text", "personal"]


@dataclass(frozen=True)
class Column:
    """A canonical column. `kind` says how its values are read."""

    name: str
    kind: Kind
    zh: str
    en: str

    def label(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


COLUMNS: tuple[Column, ...] = (
    Column("ticket_id", "id", "工单编号", "ticket"),
    Column("created_at", "time", "登记时间", "created"),
    Column("accepted_at", "time", "受理时间", "accepted"),
    Column("dispatched_at", "time", "派单时间", "dispatched"),
    Column("due_at", "time", "办理时限", "due"),
    Column("closed_at", "time", "办结时间", "closed"),
    Column("updated_at", "time", "更新时间", "updated"),
    Column("status", "category", "工单状态", "status"),
    Column("request_type", "category", "诉求类型", "request type"),
    Column("urgency", "category", "紧急程度", "urgency"),
    Column("category_1", "category", "一级分类", "category"),
    Column("category_2", "category", "二级分类", "category 2"),
    Column("category_3", "category", "三级分类", "category 3"),
    Column("category_4", "category", "四级分类", "category 4"),
    Column("category_5", "category", "五级分类", "category 5"),
    Column("title", "text", "标题", "title"),
    Column("content", "text", "内容", "content"),
    Column("address", "personal", "地址", "address"),
    Column("district", "category", "区", "district"),
    Column("street", "category", "街镇", "street"),
    Column("station", "category", "片区", "station"),
    Column("grid", "category", "网格", "grid"),
    Column("community", "category", "居村", "community"),
    Column("estate", "category", "小区", "estate"),
    Column("unit", "category", "承办单位", "unit"),
    Column("channel", "category", "来源渠道", "channel"),
    Column("contacted", "flag", "先行联系", "contacted"),
    Column("resolved", "flag", "实际解决", "resolved"),
    Column("on_time", "flag", "按时办结", "on time"),
    Column("satisfaction", "rating", "满意度", "satisfaction"),
    Column("verified", "category", "事实认定", "verified"),
    Column("repeat_of", "id", "重复工单号", "repeat of"),
    Column("repeats", "number", "重复次数", "repeats"),
    Column("person", "personal", "个人信息", "personal data"),
)
BY_NAME = {c.name: c for c in COLUMNS}

RATINGS = ("satisfied", "mostly_satisfied", "neutral", "dissatisfied")
"""满意, 基本满意, 一般, 不满意; 未评价 is missing."""
RATING_WORDS = dict(zip(("满意", "基本满意", "一般", "不满意"), RATINGS, strict=True))
