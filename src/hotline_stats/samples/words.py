"""What a ticket's places are called and the words that fill a sentence: one scene a ticket."""

from datetime import datetime, timedelta

from hotline_stats.samples.draw import Draw
from hotline_stats.samples.pattern import fill
from hotline_stats.samples.source import Estate, table


class Scene:
    """Fills the places of a ticket's sentences; where it happens stays the same from title to end."""

    def __init__(self, draw: Draw, estate: Estate, accepted: datetime) -> None:
        self._draw, self._estate, self._accepted = draw, estate, accepted
        self._common = table("common")
        self._fixed: dict[str, str] = {}
        self.building = draw.between(1, 46)
        self.storeys = 6 if estate.kind == "old" else 18
        self.floor = draw.between(1, self.storeys)
        self.room = f"{self.floor}{draw.between(1, 6):02d}室"

    def write(self, text: str) -> str:
        """One sentence of a pattern, its places filled in."""
        return fill(text, self._draw, self.place)

    def place(self, name: str) -> str:
        if name in ("n", "m", "k", "area", "t", "d", "phone", "caller"):
            return self._fresh(name)
        if name not in self._fixed:
            self._fixed[name] = self._settled(name)
        return self._fixed[name]

    def _settled(self, name: str) -> str:
        draw, estate = self._draw, self._estate
        lane = f"{estate.road}{estate.lane}弄"
        match name:
            case "E":
                return draw.pick((estate.name, estate.name, f"{estate.name}小区", f"{lane}{estate.name}"))
            case "B":
                number = self.building
                return draw.pick(
                    (
                        f"{estate.name}{number}号楼",
                        f"{estate.name}{number}号",
                        f"{lane}{number}号",
                        f"{lane}{estate.name}{number}号",
                    )
                )
            case "R":
                near = draw.pick(table("places")["roads"])
                at = f"{estate.road}{draw.between(2, 898)}号"
                return (
                    draw.pick((at, at, f"{estate.road}近{near}", f"{at}（{estate.name}旁）"))
                    if near != estate.road
                    else at
                )
            case "rm":
                return self.room
            case "fl":
                return draw.pick((f"{self.floor}楼", f"{self.floor}层"))
            case "food":
                return str(draw.pick(self._common["catering"]))
            case "shop":
                return str(draw.pick(self._common["shops"]))
        raise KeyError(name)

    def _fresh(self, name: str) -> str:
        draw = self._draw
        match name:
            case "n":
                return str(draw.between(2, 9))
            case "m":
                return str(draw.between(10, 48))
            case "k":
                return str(draw.between(10, 98) * 10)
            case "area":
                return str(draw.between(6, 45))
            case "t":
                return str(draw.pick(self._common["nights"]))
            case "phone":
                return phone(draw)
            case "caller":
                return caller(draw)
        return self._day()

    def _day(self) -> str:
        draw = self._draw
        day = self._accepted.date() - timedelta(days=draw.between(1, 20))
        return draw.pick(
            (
                f"{day.month}月{day.day}日",
                f"{day.month}月{day.day}日",
                "昨天",
                "今天上午",
                f"上{self._common['weekdays'][day.weekday()]}",
                "前天晚上",
            )
        )


def phone(draw: Draw) -> str:
    """A number of the range 154, which no Chinese operator has."""
    return f"1540000{draw.below(10000):04d}"


def caller(draw: Draw) -> str:
    common = table("common")
    return f"{draw.pick(common['surnames'])}{draw.pick(common['callers'])}"
