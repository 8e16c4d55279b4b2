"""The page: what certificates prove, in words, tables and pictures; one file, without network."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .. import __version__
from ..constructions.states import white_noise
from ..exact.numbers import approximation
from ..kernel.certificate import Claim
from ..kernel.field import Algebraic, Number
from ..kernel.numbers import decimal_text, spoken, stated
from ..kernel.verdict import REJECTED, worst
from ..literature.docket import DocketLine
from ..scenario import Scenario, label_text
from ..show.mathml import elements_mathml, number_mathml
from ..statements import BoxExcluded
from ..steering import AnyAssemblage
from .certificates import Checked, Listener, missing
from .curves import Curve
from .examples import Bloch, Example, Panel, bloch_pictures, capitalised, examples
from .numbers import Proved, difference, facts, proved_number, status_of
from .pictures import MARKERS, SERIES, bloch_svg, curve_svg, scale_of
from .simplest import simplest, simplest_latex

LARGEST_SHOWN = 8  # dimension of matrices that are printed
MOST_OPEN = 400  # entries of an example whose matrices are shown at once
SYMBOLS = {
    "proved": "✓",
    "corrected": "≠",
    "refuted": "✗",
    "open": "○",
    "no certificate": "–",
    "not proved": "!",
    "rejected": "!",
}
WORST_FIRST = ("rejected", "not proved", "proved", "corrected", "refuted", "open", "no certificate")


class CertificateView(NamedTuple):
    """A file, what the kernel says of it, and where it lies as seen from the page, if there."""

    name: str
    href: str
    status: str
    message: str
    sha256: str
    size: str
    accepted: bool


@dataclass(frozen=True)
class LineView:
    """A line of the docket as it is shown; `ends` are the proved ends of its number, in words."""

    line: DocketLine
    status: str
    certificates: list[CertificateView]
    quantity: str = ""
    ends: list[str] = field(default_factory=list)
    note: str = ""
    agreement: str = ""
    complaints: list[str] = field(default_factory=list)

    @property
    def claim(self) -> str:
        return capitalised(self.line.claim)

    @property
    def symbol(self) -> str:
        return SYMBOLS.get(self.status, "○")

    @property
    def css(self) -> str:
        return self.status.replace(" ", "-")


class PanelView(NamedTuple):
    title: str
    svg: Markup
    legend: list[tuple[int, int, str, str]]  # colour, marker, outcomes, probability


class BlochView(NamedTuple):
    title: str
    groups: list[list[PanelView]]  # each with its own scale
    real: bool
    crosses: bool
    left_out: int
    coordinates: list[tuple[str, list[Markup]]]


class CurveView(NamedTuple):
    noise: str
    set_name: str
    svg: Markup
    lower: str
    upper: str
    threshold: CertificateView
    points: list[tuple[str, str, CertificateView]]


@dataclass(frozen=True)
class ExampleView:
    number: int
    title: str
    scenario: str
    valid: CertificateView | None
    of_file: bool
    matrices: Markup
    open: bool
    blochs: list[BlochView]
    curves: list[CurveView]


@dataclass(frozen=True)
class Report:
    """The text of the page, and what it comes to: how many lines of each status, and an exit code.

    `exit_code` is that of `check`, or 1 if a line rests on what is not accepted, or not proved.
    """

    html: str
    statuses: dict[str, int]
    accepted: int
    certificates: int
    examples: int
    exit_code: int


def report(
    folder: Path,
    checked: Mapping[str, Checked],
    docket: Sequence[DocketLine],
    own: Mapping[str, AnyAssemblage],
    output: Path,
    listener: Listener,
) -> Report:
    """The page about checked certificates, and assemblages of one's own, by name.

    `output` is where it will lie, for the links.
    """
    views = _Views(folder, checked, output)
    claims = {name: item.claim for name, item in checked.items() if item.claim is not None}
    lines = [_line_view(line, claims, views) for line in docket]
    papers: dict[str, list[LineView]] = {}
    for view in lines:
        papers.setdefault(view.line.paper, []).append(view)
    shown = []
    for number, example in enumerate(examples(claims, docket, own), 1):
        listener(f"drawing {example.title}")
        shown.append(_example_view(number, example, views))
    simple = simplest(docket, claims, {name: item.size for name, item in checked.items()})
    named = {name for line in docket for name in line.certificates}
    others = [views[name] for name in checked if name not in named]
    everything = [views[name] for name in dict.fromkeys([*checked, *sorted(named)])]
    counted = Counter(view.status for view in lines)
    statuses = {status: counted.pop(status) for status in WORST_FIRST if status in counted} | counted
    environment = Environment(
        loader=PackageLoader("exactsteer.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    html = environment.get_template("report.html").render(
        name=folder.resolve().name or str(folder),
        folder=str(folder),
        version=__version__,
        papers=papers,
        statuses=statuses,
        symbols=SYMBOLS,
        examples=shown,
        others=others,
        failed=[view for view in everything if not view.accepted],
        accepted=sum(view.accepted for view in everything),
        certificates=len(everything),
        markers=MARKERS,
        lines=lines,
        simplest={
            scenario: [(each, views[each.certificate]) for each in own]
            for scenario, own in simple.items()
        },
        simplest_latex=simplest_latex(simple),
    )
    codes = [item.verdict.exit_code for item in checked.values()]
    bad = any(view.status in ("rejected", "not proved") for view in lines)
    changed = any(item.verdict.exit_code == 0 and not item.accepted for item in checked.values())
    codes += [REJECTED] if bad or changed else []
    accepted = sum(view.accepted for view in everything)
    return Report(html, dict(statuses), accepted, len(everything), len(shown), worst(codes))


class _Views:
    """Views of certificates by name, also of those that are not there."""

    def __init__(self, folder: Path, checked: Mapping[str, Checked], output: Path) -> None:
        self._folder, self._checked, self._output = folder, checked, output

    def __getitem__(self, name: str) -> CertificateView:
        item = self._checked.get(name) or missing(name)
        path = os.path.relpath(self._folder / name, self._output.parent)
        status = item.verdict.status
        if status == "accepted" and not item.accepted:
            status = "changed while it was checked"
        size = f"{max(1, round(item.size / 1000))} kB" if item.size else ""
        return CertificateView(
            name,
            quote(Path(path).as_posix()) if name in self._checked else "",
            status,
            item.verdict.message,
            item.verdict.claim_sha256,
            size,
            item.accepted,
        )


def _line_view(line: DocketLine, claims: Mapping[str, Claim], views: _Views) -> LineView:
    """What may be said of a line: its own words, and of its numbers those that are proved."""
    certificates = [views[name] for name in line.certificates]
    if not certificates:
        note = "" if line.lower is None else "computed, without a certificate"
        return LineView(line, "no certificate", [], note=note)
    if not all(view.accepted for view in certificates):
        return LineView(line, "rejected", certificates)
    own = {name: claims[name] for name in line.certificates}
    proved, complaints = proved_number(line, facts(own))
    if complaints:
        return LineView(line, "not proved", certificates, complaints=complaints)
    if proved is None:
        radii = [BoxExcluded.read(c).radius for c in own.values() if c.kind == BoxExcluded.KIND]
        within = [in_words(radius) for radius in radii if len(radii) == 1 and radius]
        quantity = "excluded within, entry by entry" if within else ""
        return LineView(line, line.status, certificates, quantity, within)
    return LineView(
        line,
        status_of(line, proved),
        certificates,
        proved.quantity,
        ends(proved),
        _exactness(proved),
        _agreement(line.printed, proved),
    )


def ends(proved: Proved) -> list[str]:
    """`= 4`, or the two ends of an enclosure, or the one that is proved."""
    if proved.exact and proved.lower is not None:
        return [f"= {in_words(proved.lower)}"]
    pairs = (("≥", proved.lower), ("≤", proved.upper))
    return [f"{symbol} {in_words(number)}" for symbol, number in pairs if number is not None]


def in_words(number: Number) -> str:
    """Exactly where that is short, else to twelve places, and then it says so."""
    if isinstance(number, Algebraic):
        return _minus(f"{decimal_text(approximation(number), 12)}…")
    text = stated(number)
    return _minus(text if len(text) <= 24 and "/" not in text else spoken(number).replace("...", "…"))


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _exactness(proved: Proved) -> str:
    if proved.exact:
        return "exact"
    if proved.lower is None or proved.upper is None:
        return "one side is proved"
    width = approximation(proved.upper) - approximation(proved.lower)
    return f"enclosed within {_size(width)}"


def _size(number: Fraction) -> str:
    """A size with two digits, rounded up in the second: of widths and distances, for readers."""
    text = f"{float(number):.1e}"
    mantissa, _, power = text.partition("e")
    exponent = int(power)
    if exponent >= -3:
        return f"{float(number):.2g}"
    digits = str(exponent).replace("-", "⁻").translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}·10{digits}"


def _agreement(printed: str, proved: Proved) -> str:
    away = difference(printed, proved)
    if away is None:
        return ""
    return f"printed value is off by {_size(away)}" if away else "agrees with the printed value"


def _example_view(number: int, example: Example, views: _Views) -> ExampleView:
    size = example.scenario.dimension
    entries = len(example.shown) * size**2
    matrices = Markup("")
    if size <= LARGEST_SHOWN:
        matrices = Markup(elements_mathml(example.scenario, example.shown))
    blochs = [
        _bloch_view(f"b{number}-{k}", picture) for k, picture in enumerate(bloch_pictures(example))
    ]
    curves_ = [_curve_view(f"n{number}-{k}", curve, views) for k, curve in enumerate(example.curves)]
    return ExampleView(
        number,
        example.title,
        str(example.scenario),
        None if example.valid is None else views[example.valid],
        example.of_file,
        matrices,
        entries <= MOST_OPEN,
        blochs,
        curves_,
    )


def _bloch_view(prefix: str, picture: Bloch) -> BlochView:
    groups = []
    for name, panels in ("s", picture.settings), ("m", picture.marginals):
        scale = scale_of(panels)
        views = [
            _panel_view(f"{prefix}{name}{k}", panel, picture.real, scale)
            for k, panel in enumerate(panels)
        ]
        groups += [views] if views else []
    crosses = any(panel.total is not None for panel in picture.settings)
    coordinates = []
    for label, vector in picture.vectors.items():
        numbers = (vector.trace, vector.x, vector.z) if picture.real else tuple(vector)
        coordinates.append((label_text(label), [exact_markup(n) for n in numbers]))
    return BlochView(picture.title, groups, picture.real, crosses, picture.left_out, coordinates)


def _panel_view(prefix: str, panel: Panel, real: bool, scale: Fraction) -> PanelView:
    svg = Markup(bloch_svg(panel, real, scale, prefix))
    legend = [
        (
            d.style % len(SERIES),
            d.style % len(MARKERS),
            d.name,
            f"{float(approximation(d.vector.trace)):.4g}",
        )
        for d in panel.drawn
    ]
    return PanelView(panel.title, svg, legend)


def exact_markup(number: Number) -> Markup:
    """A decimal where the number is a short one, else MathML."""
    if not isinstance(number, Algebraic):
        text = stated(number)
        if "/" not in text:
            return Markup("{}").format(_minus(text))
    return Markup(number_mathml(number))


def _curve_view(prefix: str, curve: Curve, views: _Views) -> CurveView:
    segment = curve.segment
    white = segment.noise == white_noise(segment.scenario).table
    svg = Markup(curve_svg(curve, lambda name: views[name].href, prefix))
    points = [
        (
            _minus(stated(point.share)),
            "in the set" if point.radius is None else f"excluded within {stated(point.radius)}",
            views[point.name],
        )
        for point in curve.points
    ]
    return CurveView(
        "white noise" if white else "the noise of the certificate",
        _set_name(curve, segment.scenario),
        svg,
        in_words(curve.lower),
        "" if curve.upper is None else in_words(curve.upper),
        views[curve.lower_name],
        points,
    )


def _set_name(curve: Curve, scenario: Scenario) -> str:
    name = str(curve.segment.convex_set)
    return f"{name}, of parents" if scenario.bobs else name
