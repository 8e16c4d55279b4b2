"""Pictures for the page: exact data, drawn in floating point, as SVG that follows light and dark."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from ..exact.numbers import approximation
from ..kernel.field import Number
from ..steering.bloch import BlochVector
from .curves import Curve, Point
from .examples import Panel

# Colours that stand for variables of the page's style sheet; nothing else is drawn in colour.
COLOURS = {
    "#01a001": "var(--ink)",
    "#01a002": "var(--muted)",
    "#01a003": "var(--line)",
    "#01a004": "var(--accent)",
    "#01a005": "var(--proved-fill)",
    "#01a006": "var(--plain-fill)",
    **{f"#02b0{k:02x}": f"var(--c{k})" for k in range(8)},
}
INK, MUTED, LINE, ACCENT, OUTSIDE_FILL, INSIDE_FILL, *SERIES = COLOURS
MARKERS = ("o", "s", "^", "D", "v", "P", "p", "X")  # as in the page's legends
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
SETTINGS: Any = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.color": INK,
}


SIDE, SMALL_SIDE = 2.2, 1.7  # inches, of a Bloch disc: alone, and one of three


def bloch_svg(panel: Panel, real: bool, scale: Number, prefix: str) -> str:
    """Circles of radius tr σ around the origin, and the Bloch vectors in them.

    Of a real panel the x-z plane; else the projections to three planes. `scale` is the largest trace
    that the page draws on this scale. The reduced state is a grey cross.
    """
    planes = [("x", "z")] if real else [("x", "z"), ("y", "z"), ("x", "y")]
    side = SIDE if real else SMALL_SIDE
    with _drawing(side * len(planes), side) as (figure, finish):
        figure.subplots_adjust(0, 0, 1, 1, 0.04, 0)
        reach = 1.2 * _float(scale)
        for k, (right, up) in enumerate(planes):
            axes = figure.add_subplot(1, len(planes), k + 1)
            axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
            axes.axis("off")
            axes.axhline(0, color=LINE, lw=0.8, zorder=0)
            axes.axvline(0, color=LINE, lw=0.8, zorder=0)
            style: Any = {"color": MUTED, "fontsize": 10 if real else 11}
            axes.text(reach, reach * 0.03, right.upper(), ha="right", va="bottom", **style)
            axes.text(reach * 0.04, reach, up.upper(), ha="left", va="top", **style)
            _discs(axes, panel, right, up, real)
            if panel.total is not None and _float(panel.total.trace):
                x, z = _float(getattr(panel.total, right)), _float(getattr(panel.total, up))
                (cross,) = axes.plot(x, z, "+", color=MUTED, ms=7, mew=1.3, zorder=4)
                cross.set_gid(f"total|reduced state, {_spoken(panel.total, real)}")
    return finish(prefix, f"Bloch vectors, {panel.title}")


def _discs(axes: Any, panel: Panel, right: str, up: str, real: bool) -> None:
    """The largest disc first, so that the others lie on it; outcomes that never happen have none.

    Where circles or markers coincide, the ones below are larger, so that all of them are seen.
    """
    happen = [d for d in panel.drawn if _float(d.vector.trace) > 0]
    happen.sort(key=lambda d: -_float(d.vector.trace))
    radii = [round(_float(d.vector.trace), 6) for d in happen]
    tips = [tuple(round(_float(getattr(d.vector, name)), 6) for name in (right, up)) for d in happen]
    for k, (name, vector, style) in enumerate(happen):
        colour, marker = SERIES[style % len(SERIES)], MARKERS[style % len(MARKERS)]
        radius, (x, z) = radii[k], tips[k]
        below, under = radii[k + 1 :].count(radius), tips[k + 1 :].count((x, z))
        disc = {"alpha": 0.07, "edgecolor": "none", "zorder": 1}
        axes.add_patch(Circle((0, 0), radius, facecolor=colour, **disc))
        circle = {"facecolor": "none", "lw": 1.0 + 1.5 * below, "zorder": 2}
        axes.add_patch(Circle((0, 0), radius, edgecolor=colour, **circle))
        axes.plot([0, x], [0, z], color=colour, lw=1.6, zorder=3, solid_capstyle="round")
        (tip,) = axes.plot(x, z, marker, color=colour, ms=5 + 2.8 * under, mew=0, zorder=5 + k / 100)
        tip.set_gid(f"point|{name}, {_spoken(vector, real)}")


def _spoken(vector: BlochVector, real: bool) -> str:
    names = ("x", "z") if real else ("x", "y", "z")
    parts = [f"{name} = {_float(getattr(vector, name)):.4g}" for name in names]
    return f"p = {_float(vector.trace):.4g}: {', '.join(parts)}"


def curve_svg(curve: Curve, href: Callable[[str], str], prefix: str) -> str:
    """Certified radius against the share of noise; each point is a link to its certificate."""
    with _drawing(4.6, 3.0) as (figure, finish):
        axes = figure.add_subplot()
        figure.subplots_adjust(0.145, 0.165, 0.965, 0.97)
        last = 1.08 * max([float(curve.lower), *(float(p.share) for p in curve.points)])
        top = 1.14 * max(float(point.radius or 0) for point in curve.points)
        axes.set(xlim=(-0.02 * last, last), ylim=(-0.05 * top, top))
        axes.axvspan(-0.02 * last, float(curve.lower), color=OUTSIDE_FILL, lw=0, zorder=0)
        inside = [float(point.share) for point in curve.points if point.radius is None]
        if inside:  # the set is convex
            axes.axvspan(inside[0], inside[-1], color=INSIDE_FILL, lw=0, zorder=0)
        axes.axvline(float(curve.lower), color=ACCENT, lw=1.2, ls=(0, (4, 2)), zorder=2)
        axes.axhline(0, color=MUTED, lw=0.7, zorder=1)
        right = float(curve.lower) < 0.7 * last
        axes.annotate(
            "threshold",
            (float(curve.lower), top),
            (5 if right else -5, -4),
            textcoords="offset points",
            ha="left" if right else "right",
            va="top",
            color=ACCENT,
        )
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.set_xlabel("share of noise w")
        axes.set_ylabel("certified radius")
        for point in curve.points:
            _mark(axes, point, href(point.name))
    return finish(prefix, "Certified radius against the share of noise")


def _mark(axes: Any, point: Point, link: str) -> None:
    share, radius = float(point.share), float(point.radius or 0)
    if point.radius is None:
        style = {"marker": "s", "mfc": "none", "mec": MUTED, "mew": 1.5, "ms": 6}
        text = f"w = {share:.4g}: in the set"
    else:
        axes.plot([share, share], [0, radius], color=SERIES[0], lw=1.4, zorder=3)
        style = {"marker": "o", "color": SERIES[0], "mew": 0, "ms": 7}
        text = f"w = {share:.4g}: excluded within {radius:.4g}"
    (mark,) = axes.plot(share, radius, linestyle="none", zorder=4, clip_on=False, **style)
    mark.set_gid(f"point|{text}")
    mark.set_url(link)


@contextmanager
def _drawing(width: float, height: float) -> Iterator[tuple[Any, Callable[[str, str], str]]]:
    """A figure of that size in inches, and what makes the text of an <svg> element of it."""
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(width, height))

        def finish(prefix: str, title: str) -> str:
            data = io.BytesIO()
            with mpl.rc_context(SETTINGS | {"svg.hashsalt": prefix}):
                figure.savefig(data, format="svg", transparent=True, metadata={"Date": None})
            return _inline(data.getvalue(), prefix, title)

        yield figure, finish


def _inline(data: bytes, prefix: str, title: str) -> str:
    """For the middle of a page: ids of its own, colours of the style sheet, titles on points.

    An element whose id is `kind|text` gets that class, and the text as its title.
    """
    for name, uri in ("", SVG), ("xlink", XLINK):
        ElementTree.register_namespace(name, uri)
    root = ElementTree.fromstring(data)
    for unused in root.findall(f"{{{SVG}}}metadata") + root.findall(f"{{{SVG}}}defs"):
        if unused.find(f"{{{SVG}}}clipPath") is None:  # who made it, and a style sheet
            root.remove(unused)
    used = [e for e in root.iter() if e.tag in (f"{{{SVG}}}clipPath", f"{{{SVG}}}path") and e.get("id")]
    names = {e.attrib["id"]: f"{prefix}-{k}" for k, e in enumerate(used)}
    for element in root.iter():
        name = element.attrib.pop("id", "")
        kind, _, text = name.partition("|")
        if name in names:
            element.set("id", names[name])
        elif text:
            element.set("class", kind)
            own = ElementTree.Element(f"{{{SVG}}}title")
            own.text = text
            element.insert(0, own)
        element.text = (element.text or "").strip()
        element.tail = ""
        for key, value in list(element.attrib.items()):
            element.set(key, _replaced(value, names))
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")


def _replaced(value: str, names: dict[str, str]) -> str:
    if value.startswith("#") and value[1:] in names:
        return f"#{names[value[1:]]}"
    if "url(#" in value:
        head, _, rest = value.partition("url(#")
        own, _, tail = rest.partition(")")
        return f"{head}url(#{names.get(own, own)}){tail}"
    for colour, variable in COLOURS.items():
        value = value.replace(colour, variable)
    value = re.sub(r"(\.\d\d)\d+", r"\1", value)  # a hundredth of a point is enough
    return re.sub(r"font-family: [^;]*", "font-family: inherit", value)


def _float(number: Number) -> float:
    return float(approximation(number))


def scale_of(panels: Iterable[Panel]) -> Fraction:
    """The largest trace of all vectors that are drawn."""
    return max(
        (approximation(d.vector.trace) for panel in panels for d in panel.drawn), default=Fraction(1)
    )
