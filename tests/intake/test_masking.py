"""What masking takes out of a text and what it leaves: a table written by hand, and properties. All of it invented."""

import re
import tomllib
from importlib.resources import files

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_stats.intake.masking import KEPT, groups, mask


def masked(text: str) -> str:
    return str(mask(pa.array([text], pa.string()))[0].as_py())


CASES = {
    # mobile phones
    "请回电13800001111。": "请回电[电话]。",
    "手机138 0000 1111": "手机[电话]",
    "手机138-0000-1111联系": "手机[电话]联系",
    "手机138.0000.1111": "手机[电话]",
    "+86 13800001111": "[电话]",
    "8613800001111": "[电话]",
    "+86-138-0000-1111": "[电话]",
    "008613800001111": "[电话]",
    "１３８００００１１１１": "[电话]",
    "１３８－００００－１１１１": "[电话]",
    "电话：13800001111、15900002222,17700003333": "电话：[电话]、[电话],[电话]",
    "A13800001111B": "A[电话]B",
    "1380000 1111": "[电话]",
    "138\u30000000\u30001111": "[电话]",
    "号码是一三八零零零零一一一一": "号码是[电话]",
    "幺五九〇〇〇〇二二二二请回电": "[电话]请回电",
    "12345678901": "[号码]",
    # landlines, 400
    "021-55550000": "[电话]",
    "（021）55550000": "[电话]",
    "(0512)5555000": "[电话]",
    "02155550000转12": "[电话]",
    "0512 55550000-803": "[电话]",
    "０２１－５５５５００００": "[电话]",
    "电话55550000，": "电话[电话]，",
    "座机：5555 0000": "座机：[电话]",
    "Tel:55550000": "Tel:[电话]",
    "联系方式为5555-0000": "联系方式为[电话]",
    "400-800-1234": "[电话]",
    "4008001234": "[电话]",
    "400 8001 234": "[电话]",
    # papers and cards
    "身份证310101199001011234": "身份证[证件号]",
    "身份证31010119900101123X，": "身份证[证件号]，",
    "身份证31010119900101123x": "身份证[证件号]",
    "310101 19900101 1234": "[证件号]",
    "310101-19900101-123X": "[证件号]",
    "３１０１０１１９９００１０１１２３Ｘ": "[证件号]",
    "310101900101123": "[证件号]",
    "卡号6222020000001111": "卡号[卡号]",
    "卡号6222 0200 0000 1111 222": "卡号[卡号]",
    "6222020000001111222": "[卡号]",
    "6222-0200-0000-1111": "[卡号]",
    # number plates
    "沪A·12345乱停": "[车牌]乱停",
    "沪A12345": "[车牌]",
    "沪ＡＤ１２３４５": "[车牌]",
    "新能源车沪AD12345占位": "新能源车[车牌]占位",
    "苏E-1A2B3": "[车牌]",
    "浙a88k88": "[车牌]",
    "粤Z1234港": "[车牌]",
    "车牌号：B12345": "车牌号：[车牌]",
    # e-mail, accounts
    "发至zhang.san@example.com，": "发至[邮箱]，",
    "邮箱123456@qq.example.cn": "邮箱[邮箱]",
    "邮箱ａｂｃ＠example.com": "邮箱[邮箱]",
    "微信号：abc_12345": "微信号：[账号]",
    "微信abcdef88": "微信[账号]",
    "微信同号13800001111": "微信同号[账号]",
    "QQ：123456789": "QQ：[账号]",
    "qq群 12345678": "qq群 [账号]",
    "vx:wxid-001abc": "vx:[账号]",
    "扣扣号是1234567": "扣扣号是[账号]",
    # names
    "张女士来电": "[姓名]女士来电",
    "李先生反映": "[姓名]先生反映",
    "王阿姨、赵老伯": "[姓名]阿姨、[姓名]老伯",
    "王小明先生": "[姓名]先生",
    "欧阳女士": "[姓名]女士",
    "张某说": "[姓名]说",
    "李某某与王某人": "[姓名]与[姓名]",
    "物业王经理不理": "物业[姓名]经理不理",
    "姓名：张三": "姓名：[姓名]",
    "联系人：王小明 电话55550000": "联系人：[姓名] 电话[电话]",
    "诉求人:陈小红，": "诉求人:[姓名]，",
    "来电人：赵六反映": "来电人：[姓名]反映",
    "反映人 是孙小七。": "反映人 是[姓名]。",
    "业主王明反映楼上漏水": "业主[姓名]反映楼上漏水",
    "业主张大山，住": "业主[姓名]，住",
    "当事人李四的车": "当事人[姓名]的车",
    "我叫周小八，今年七十岁": "我叫[姓名]，今年七十岁",
    "本人吴九，系": "本人[姓名]，系",
    "本人（郑小十）": "本人（[姓名]）",
    "户主：欧阳小云": "户主：[姓名]",
    "法定代表人李大明涉嫌": "法定代表人[姓名]涉嫌",
    "联系人:谈小春(物业)": "联系人:[姓名](物业)",
    "陈某琪妈妈": "[姓名]妈妈",
    "联系人：司马光明请速办": "联系人：[姓名]请速办",
    # doors
    "望梨路56弄5号301室漏水": "望梨路56弄[门牌]漏水",
    "望梨路56弄5号": "望梨路56弄[门牌]",
    "望梨路56弄梨园小区5号楼301室": "望梨路56弄梨园小区[门牌]",
    "望梨路56弄5、6号": "望梨路56弄[门牌]",
    "梨园小区12号楼301室": "梨园小区[门牌]",
    "梨园小区12号楼前堆物": "梨园小区[楼号]前堆物",
    "5栋2单元301室": "[门牌]",
    "5栋2单元": "[门牌]",
    "十二栋二单元三〇一室": "[门牌]",
    "A座1203": "[门牌]",
    "3幢1502室": "[门牌]",
    "101室住户": "[室号]住户",
    "楼上301-302室": "楼上[室号]",
    "5号301室": "[门牌]",
    "１２号楼３０１室": "[门牌]",
    "8＃楼302": "[门牌]",
    "住在3栋，": "住在[楼号]，",
    "3栋5栋都": "[楼号][楼号]都",
    "小区3栋居民反映": "小区[楼号]居民反映",
    "8栋楼下堆物": "[楼号]楼下堆物",
    "三〇二室": "[室号]",
    # dates of birth
    "出生日期：1985-03-02": "出生日期：[出生日期]",
    "生于1985年3月2日": "生于[出生日期]",
    "1985年3月2日出生": "[出生日期]出生",
    "1968年3月生，汉族": "[出生日期]生，汉族",
    "出生年月19850302": "出生年月[出生日期]",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_what_is_personal_gives_way_to_its_kind(text: str, expected: str) -> None:
    assert masked(text) == expected


ORDINARY = [
    "2024年", "2024-01-05 08:03:09", "2024年1月5日8时3分", "拨打12345热线", "电话打12345", "3号线", "500元", "工单号20240105000012",
    "工单编号：GD2024010500001234567", "SL20230101-0001", "工单 20231231123456 已办结", "共12栋楼", "一栋居民楼", "3室2厅", "110报警", "第3号公告",
    "望梨路100号", "望梨路56弄", "56弄小区", "5楼漏水", "一楼二楼", "2019-2024年", "1/3以上", "100平方米", "12.5%", "3.14159265", "10000000元", "96.5万元",
    "业主张贴通知", "业主方面", "业主陈述", "业主周边停车", "业主常年投诉", "业主许多", "居民任意停车", "居民马上报警", "本人曾经反映", "本人于昨日来电", "业主和居委会",
    "业主多次反映", "业主委员会", "居民反映", "市民来电反映", "住户何时能搬", "业主高度重视", "我是杨浦区居民，", "我是业主，", "投诉人：全体业主", "业主黄色车辆", "谢谢老师",
    "班主任老师", "一位女士", "该先生", "保洁阿姨", "工程师傅", "历史老师", "办公室主任", "部门经理", "小区经理", "各位老师", "对张贴广告", "某小区某路", "某某小区",
    "微信群里", "微信支付500元", "微信12345公众号", "QQ群", "车牌识别", "车牌号", "新A区", "京沪高速", "二十四小时", "三号楼梯", "楼号", "室内", "办公室", "教室",
    "出生证", "生日快乐", "[电话]", "[姓名]", "[门牌]", "[室号]", "1992年建", "G60高速", "K123公里", "65路公交车", "7×24小时", "3-5天", "A3纸", "GB18030",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_not_personal_stays(text: str) -> None:
    assert masked(text) == text


def test_nulls_and_batches() -> None:
    text = pa.array([None, "", "张女士13800001111", None])
    assert mask(text).to_pylist() == [None, "", "[姓名]女士[电话]", None]
    assert mask(text.slice(1, 2)).to_pylist() == ["", "[姓名]女士[电话]"]
    assert len(mask(pa.array([], pa.string()))) == 0


def test_nobody_can_keep_a_number_with_the_mark() -> None:
    assert masked(f"请回电{KEPT}13800001111") == "请回电[电话]"


WORDS = st.sampled_from(
    [
        *(t for t in CASES), *ORDINARY, "，", "。", " ", "\n", "的", "反映", "业主", "联系人：", "号", "室", "-", "弄", "楼", "张", "某", "女士", "5", "12",
        "301", "我叫", "、", "[", "]", "姓名", "电话", "QQ", "微信", "生于", "a", "@",
    ]
)  # fmt: skip
TEXT = st.lists(WORDS | st.text(max_size=3), max_size=6).map("".join)


@given(st.lists(TEXT, min_size=8, max_size=12))
@settings(deadline=None, derandomize=True, max_examples=80)
def test_to_mask_twice_changes_nothing_more(texts: list[str]) -> None:
    once = mask(pa.array(texts, pa.string()))
    assert mask(once).to_pylist() == once.to_pylist()


DIGITS = st.lists(st.sampled_from("0123456789０３５８-  ，a张室号元") | st.text(max_size=1), max_size=40).map(
    "".join
)


@given(st.lists(DIGITS, min_size=8, max_size=12))
@settings(deadline=None, derandomize=True, max_examples=80)
def test_no_run_of_eleven_digits_survives_but_a_ticket_id(texts: list[str]) -> None:
    for text, left in zip(texts, mask(pa.array(texts, pa.string())).to_pylist(), strict=True):
        for run in re.findall(r"[0-9０-９]{11,}", left):
            plain = "".join(str(int(d)) for d in run)
            assert (re.match(r"20[12]", plain) and len(plain) >= 12) or re.search(r"[单编]号", text)


@given(st.integers(13000000000, 19999999999), st.sampled_from(["", " ", "-", "—", "\u3000"]), st.booleans())
@settings(deadline=None, derandomize=True)
def test_a_phone_in_any_spelling_goes(number: int, between: str, wide: bool) -> None:
    digits = str(number)
    phone = between.join([digits[:3], digits[3:7], digits[7:]])
    phone = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and wide else c for c in phone)
    assert masked(f"请回电{phone}，谢谢") == "请回电[电话]，谢谢"


def test_every_rule_has_a_name_of_its_own_and_is_used() -> None:
    names = [rule.name for group in groups() for rule in group.rules]
    assert len(names) == len(set(names))
    given_ = tomllib.loads((files("hotline_stats") / "resources" / "masking.toml").read_text("utf-8"))
    assert all("<" not in re.sub(r"\[[^\]]*\]|\\.|\(\?", "", rule.find) for g in groups() for rule in g.rules)
    assert set(given_["names"]["words"]) <= set(given_["names"]["single"])


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 80
