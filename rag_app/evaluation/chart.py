"""Line charts as SVG, side by side in one picture. Text is left to the viewer's fonts, so that Chinese is shown as it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

PANEL_WIDTH, PANEL_HEIGHT = 420, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 18, 40, 52
LEGEND_ROW = 22
FONT = 'font-size="13" font-family="system-ui, Noto Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"'
# The colours of Okabe and Ito (2008), which the colour-blind can tell apart, each with a dash of its own.
STYLES = (("#0072b2", "none"), ("#d55e00", "7 3"), ("#009e73", "2 3"), ("#cc79a7", "9 3 2 3"), ("#56b4e9", "4 2"))
MOST_TICKS = 10
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Series:
    """A named line; it has the same style in each panel that it is in, by its place among the names of all panels."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart: its title, what its axes show, and its lines. The vertical axis spans what the lines need within 0 to 1."""

    title: str
    across: str
    up: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Values from `low` to `high` on pixels from `first` to `last`, marked every `step`."""

    low: float
    high: float
    step: float
    first: float
    last: float

    def at(self, value: float) -> float:
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)

    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of words and axes, of the ground, and of the lines across."""

    ink: str = "#222"
    paper: str = "#fff"
    grid: str = "#ddd"


def draw(panels: Sequence[Panel], look: Look = Look()) -> str:
    """The panels beside one another, as the text of an SVG file, with the names of the lines below."""
    names = list(dict.fromkeys(series.name for panel in panels for series in panel.series))
    styles = {name: STYLES[place % len(STYLES)] for place, name in enumerate(names)}
    width, height = PANEL_WIDTH * max(1, len(panels)), PANEL_HEIGHT + LEGEND_ROW * len(names) + 10
    size = f'width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} {FONT} fill="{look.ink}">',
        f'<rect {size} fill="{look.paper}"/>',
    ]
    for place, panel in enumerate(panels):
        lines.append(f'<g transform="translate({place * PANEL_WIDTH} 0)">')
        lines += _panel(panel, styles, look)
        lines.append("</g>")
    for place, name in enumerate(names):
        lines += _legend(name, styles[name], PANEL_HEIGHT + LEGEND_ROW * place + 10)
    return "\n".join([*lines, "</svg>", ""])


def _panel(panel: Panel, styles: dict[str, tuple[str, str]], look: Look) -> Iterator[str]:
    points = [point for series in panel.series for point in series.points]
    right, bottom = PANEL_WIDTH - RIGHT, PANEL_HEIGHT - BOTTOM
    across = _axis([x for x, _ in points], LEFT, right)
    up = _axis([y for _, y in points], bottom, TOP)
    yield _text(panel.title, LEFT, TOP - 16, "start", "600")
    for value in up.ticks():
        yield f'<path d="M{LEFT} {up.at(value):.1f}H{right}" stroke="{look.grid}"/>'
        yield _text(f"{value:.2f}", LEFT - 8, up.at(value) + 4, "end")
    for value in across.ticks():
        yield f'<path d="M{across.at(value):.1f} {bottom}v5" stroke="{look.ink}"/>'
        yield _text(f"{value:g}" if across.step >= 1 else f"{value:.1f}", across.at(value), bottom + 20, "middle")
    yield f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="{look.ink}" fill="none"/>'
    yield _text(panel.across, (LEFT + right) / 2, bottom + 40, "middle")
    yield f'<g transform="translate(16 {(TOP + bottom) / 2}) rotate(-90)">{_text(panel.up, 0, 0, "middle")}</g>'
    for series in panel.series:
        colour, dash = styles[series.name]
        path = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in series.points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dash}"/>'


def _legend(name: str, style: tuple[str, str], y: float) -> Iterator[str]:
    colour, dash = style
    yield f'<path d="M{LEFT} {y}h34" stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dash}"/>'
    yield _text(name, LEFT + 42, y + 4, "start")


def _text(words: str, x: float, y: float, anchor: str, weight: str = "400") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'


def _axis(values: Sequence[float], first: float, last: float) -> _Axis:
    """An axis that holds all values, from one mark to another, with as many marks as can be read."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    step = next((step for step in STEPS if (high - low) / step <= MOST_TICKS - 1), STEPS[-1])
    start, end = math.floor(round(low / step, 6)) * step, math.ceil(round(high / step, 6)) * step
    if end <= start:
        start, end = (start - step, end) if start > 0 else (start, start + step)
    return _Axis(start, end, step, first, last)
