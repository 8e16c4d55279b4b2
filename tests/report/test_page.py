"""The page in a browser, without network: what a reader sees, in light and dark and on a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import numpy as np
import pytest
from exact_quantum import ROOT

from exactsteer.cli import main
from exactsteer.literature.docket import DocketLine, docket_bytes, read_docket

PROOFS = ROOT / "proofs"
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (BROWSER and DRIVER),
    reason="no chromium and chromedriver: apt-get install chromium chromium-driver",
)
# Real data, complex data, one side of a number, no certificate, a curve.
CLAIMS = (
    "Table I is a valid",
    "value of the functional of Table II",
    "almost-quantum minimum",
    "every valid assemblage that rounds to Table I",
    "Fig. 1",
    "printed tolerance of ABB_1",
    "the assemblage of Theorem 4 (Eq. 6) is valid",
    "bits to simulate 4 anticommuting",
    "share of white noise below which Table I",
)
SIGMA = {
    "scenario": {"parties": [[2, 2]], "dimension": 2},
    "assemblage": {
        "0|0": [["1/2", "0"], ["0", "0"]],
        "1|0": [["0", "0"], ["0", "1/2"]],
        "0|1": [["1/4", "1/4"], ["1/4", "1/4"]],
        "1|1": [["1/4", "-1/4"], ["-1/4", "1/4"]],
    },
}


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exactsteer.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def run_here(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """In this process, which has imported everything already: exit code, output, errors."""
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    return int(ended.value.code or 0), *capsys.readouterr()


def lines() -> list[DocketLine]:
    return [line for line in read_docket(PROOFS / "docket.jsonl") if line.claim.startswith(CLAIMS)]


def copied(folder: Path, docket: list[DocketLine]) -> Path:
    """A folder with these lines and their certificates."""
    for name in {name for line in docket for name in line.certificates}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROOFS / name, folder / name)
    (folder / "docket.jsonl").write_bytes(docket_bytes(docket))
    return folder


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a part of the docket, and a file of one's own, in a folder with a space."""
    work = tmp_path_factory.mktemp("the report")
    copied(work / "proofs", lines())
    (work / "sigma.json").write_text(json.dumps(SIGMA), "utf-8")
    answer = run("report", "proofs", "sigma.json", "--json", cwd=work)
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert result["accepted"] == result["certificates"]
    assert result["claims"] == {"proved": 7, "corrected": 2, "no certificate": 1}
    return work / "report.html"


@pytest.fixture(scope="module")
def tampered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A docket that says too much, a certificate that proves nothing, one that is gone, hostile text."""
    work = tmp_path_factory.mktemp("tampered")
    docket = []
    for line in lines()[:5]:
        changed = line
        if line.claim.startswith("value"):
            changed = DocketLine(**line.__dict__ | {"lower": "-0.520495", "upper": "-0.520495"})
        if line.claim.startswith("Table I"):
            changed = DocketLine(**line.__dict__ | {"claim": "<script>alert(1)</script> is valid"})
        docket.append(changed)
    folder = copied(work / "proofs", docket)
    damaged = folder / "postquantum-steering" / "a4-minimum-lower.json"
    value = json.loads(damaged.read_text("utf-8"))
    value["claim"]["bound"] = "-1/2"
    damaged.write_text(json.dumps(value), "utf-8")
    (folder / "postquantum-steering" / "a4-table-1-postquantum.json").unlink()
    answer = run("report", "proofs", cwd=work)
    assert answer.returncode == 1, answer.stderr
    return work / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


def show(browser: Any, page: Path, width: int = 1280, scheme: str = "light") -> Any:
    """Open the page, and see that nothing else is asked for and that nothing is complained of."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    browser.get_log("performance")
    browser.get(page.as_uri())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]
    assert browser.get_log("browser") == []
    return browser


def line(browser: Any, claim: str) -> Any:
    found = [row for row in browser.find_elements("css selector", "tr.line") if claim in row.text]
    assert len(found) == 1, claim
    return found[0]


@needs_browser
def test_the_docket_as_a_reader_sees_it(browser: Any, page: Path) -> None:
    show(browser, page)
    assert len(browser.find_elements("css selector", "tr.line")) == len(lines()) == 10
    value = line(browser, "Value of the functional of Table II on Table I").text
    for text in ("A4", "−0.520495", "= −0.52073625", "exact", "off by 2.4·10⁻⁴", "≠ corrected"):
        assert text in value
    minimum = line(browser, "Almost-quantum minimum").text
    for text in ("−0.508417", "≥ −0.50842042258", "≤ −0.50842042232", "≠ corrected"):
        assert text in minimum
    assert "0.00158" in line(browser, "Every valid assemblage that rounds to Table I").text
    bits = line(browser, "Bits to simulate 4 anticommuting").text
    assert "≥ 0.584962500721" in bits
    assert "≤" not in bits
    without = line(browser, "Printed tolerance of ABB_1").text
    assert "no certificate" in without
    assert "refuted" not in without
    assert "0.001871353" not in without
    assert "accepted every one" in browser.find_element("id", "summary").text
    levels = [e.tag_name for e in browser.find_elements("css selector", "h1, h2, h3, h4")]
    assert levels[0] == "h1"
    assert levels.count("h1") == 1


@needs_browser
def test_theorems_are_unfolded_by_keyboard_and_links_lead_to_files(browser: Any, page: Path) -> None:
    show(browser, page)
    row = line(browser, "Almost-quantum minimum")
    theorem = row.find_element("css selector", ".theorem")
    assert not theorem.is_displayed()
    row.find_element("css selector", "summary").send_keys(" ")
    assert theorem.is_displayed()
    assert theorem.text.startswith("Theorem. Every almost-quantum assemblage σ")
    assert re.fullmatch("[0-9a-f]{64}", row.find_element("css selector", ".hash code").text)
    links = browser.execute_script(
        "return [...document.querySelectorAll('a')].map(a => a.href.baseVal ?? a.href)"
    )
    files, anchors = [], []
    for link in links:
        address = urlparse(link)
        if address.fragment:
            anchors.append(address.fragment)
        else:
            relative = address.scheme == ""
            path = unquote(address.path)
            files.append(page.parent / path if relative else Path(path))
    certificates = {name for item in lines() for name in item.certificates}
    assert {page.parent / "proofs" / name for name in certificates} == set(files)
    for anchor in anchors:
        assert browser.find_elements("id", anchor), anchor


@needs_browser
def test_pictures_have_their_points(browser: Any, page: Path) -> None:
    show(browser, page)
    titles = [e.text for e in browser.find_elements("css selector", "article.example > h3")]
    assert titles == ["sigma", "Table I", "The assemblage of Theorem 4 (Eq. 6)"]
    own, table, complex_ = browser.find_elements("css selector", "article.example")
    # Two settings of two outcomes; four of four, and two marginals of four; six of two in three planes.
    for example, panels, points in (own, 2, 4), (table, 6, 24), (complex_, 6, 36):
        assert len(example.find_elements("css selector", ".panel > svg")) == panels
        assert len(example.find_elements("css selector", ".panel .point")) == points
        assert example.find_elements("css selector", "math")
    curve = table.find_element("css selector", ".curve > svg")
    points = curve.find_elements("css selector", "a .point, .point a")
    assert len(points) == 8
    titles = [
        p.get_attribute("textContent") for p in curve.find_elements("css selector", ".point title")
    ]
    assert titles[0] == "w = 0: excluded within 0.00158"
    assert sum("in the set" in title for title in titles) == 3
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('figure svg, math')]"
        ".filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())"
        ".map(r => [r.width, r.height])"
    )
    assert sizes
    assert min(min(size) for size in sizes) > 5
    # What is drawn is inside its picture.
    outside = browser.execute_script(
        "return [...document.querySelectorAll('.point')].filter(p => {"
        "const a = p.getBoundingClientRect(), b = p.closest('svg').getBoundingClientRect();"
        "return a.width < 2 || a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1"
        " || a.bottom > b.bottom + 1; }).length"
    )
    assert outside == 0


CONTRAST = """
const luminance = c => c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
const opaque = e => {
  const own = getComputedStyle(e).backgroundColor;
  return own.endsWith(", 0)") ? opaque(e.parentElement) : own;
};
const worst = {};
for (const e of document.querySelectorAll("p,td,th,span,a,summary,li,h1,h2,h3,text,figcaption")) {
  if (!e.checkVisibility() || !e.textContent.trim()) continue;
  const style = getComputedStyle(e);
  const ink = luminance(e instanceof SVGElement ? style.fill : style.color);
  const paper = luminance(opaque(e));
  const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  worst[e.tagName] = Math.min(worst[e.tagName] ?? 99, ratio);
}
return worst;
"""


@needs_browser
def test_light_and_dark(browser: Any, page: Path) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        show(browser, page, scheme=scheme)
        worst = browser.execute_script(CONTRAST)
        assert {"text", "P", "A"} <= {name if name == "text" else name.upper() for name in worst}
        assert min(worst.values()) >= 4.5, (scheme, worst)
        seen[scheme] = browser.execute_script(
            "const of = (s, p) => getComputedStyle(document.querySelector(s))[p];"
            "return [of('body', 'backgroundColor'), of('body', 'color'), of('.status.proved', 'color'),"
            " of('.panel .point use', 'fill'), of('.curve svg text', 'fill')]"
        )
    assert all(light != dark for light, dark in zip(seen["light"], seen["dark"], strict=True))


@needs_browser
def test_on_a_phone(browser: Any, page: Path) -> None:
    show(browser, page, 390)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    beyond = browser.execute_script(
        "return [...document.querySelectorAll('tr.line, tr.line *, figure, figcaption')]"
        ".filter(e => e.getBoundingClientRect().right > 391).map(e => e.outerHTML.slice(0, 80))"
    )
    assert beyond == []
    card = line(browser, "Almost-quantum minimum")
    assert card.value_of_css_property("display") == "block"
    assert (
        browser.execute_script(
            "return getComputedStyle(arguments[0].querySelector('.printed'), '::before').content", card
        )
        == '"Printed"'
    )
    assert (
        float(
            browser.execute_script(
                "return Math.min(...[...document.querySelectorAll('.curve svg text')]"
                ".map(t => t.getBoundingClientRect().height))"
            )
        )
        > 8
    )


@needs_browser
def test_the_filter_and_a_page_without_script(browser: Any, page: Path) -> None:
    show(browser, page)
    box = browser.find_element("id", "filter")
    box.send_keys("a4 corrected")
    shown = [row for row in browser.find_elements("css selector", "tr.line") if row.is_displayed()]
    assert len(shown) == 2
    assert browser.find_element("id", "found").text == "2 of 10"
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(page.as_uri())
        assert not browser.find_element("id", "filter").is_displayed()
        assert "−0.52073625" in line(browser, "Value of the functional").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@needs_browser
def test_what_is_not_proved_is_not_shown_as_proved(browser: Any, tampered: Path) -> None:
    show(browser, tampered)
    assert "2 of 5 certificates are not accepted" in browser.find_element("id", "summary").text
    value = line(browser, "Value of the functional")
    assert "! not proved" in value.text
    assert "the certificates prove ≥ -0.52073625" in value.text
    assert "≠ corrected" not in value.text
    assert value.find_elements("css selector", ".end") == []
    minimum = line(browser, "Almost-quantum minimum")
    assert "! rejected" in minimum.text
    assert "0.50842042" not in minimum.text
    gone = line(browser, "Every valid assemblage that rounds")
    assert "! rejected" in gone.text
    assert "0.00158" not in gone.text
    assert gone.find_elements("css selector", "a") == []
    refused = browser.find_elements("css selector", ".failed .refused")
    assert [item.find_element("css selector", ".verdict").text for item in refused] == [
        "rejected",
        "missing",
    ]
    assert "Theorem" not in refused[0].text
    red = minimum.find_element("css selector", ".status").value_of_css_property("color")
    assert red != line(browser, "is valid").find_element(
        "css selector", ".status"
    ).value_of_css_property("color")
    assert "<script>alert(1)</script>" in line(browser, "is valid").text


def test_certificates_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without docket; the name of an example is that of its file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sigma.json").write_text(json.dumps(SIGMA), "utf-8")
    code, _, errors = run_here("classify", "sigma.json", "-o", "mine", capsys=capsys)
    assert code == 0, errors
    np.save("array.npy", np.full((2, 2, 2, 2), 0.25) * np.eye(2))
    layout = ("array.npy", "--layout", "outcomes-first", "-o", "out/page.html")
    code, output, errors = run_here("report", "mine", *layout, capsys=capsys)
    assert code == 0, errors
    count = len(list((tmp_path / "mine").iterdir()))
    assert f"{count} of {count} certificates accepted" in output
    text = (tmp_path / "out" / "page.html").read_text("utf-8")
    assert 'href="../mine/sigma.valid.json"' in text
    assert ">sigma</h3>" in text
    assert ">array</h3>" in text
    assert 'id="docket"' not in text
    assert "http://" not in re.sub(r'http://www\.w3\.org/[^"]*', "", text)
    assert "https://" not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere: no such folder of certificates"),
        (("empty",), "empty: the folder holds no .json file"),
        (("broken",), "docket.jsonl: line 1: not a JSON object"),
        (("mine", "missing.json"), "missing.json: No such file"),
        (("mine", "array.npy"), "array.npy: an array of shape (2, 2, 2, 2) needs its layout"),
        (
            ("mine", "array.npy", "--layout", "outcomes-first"),
            "array.npy: no assemblage up to rounding: not normalised",
        ),
    ],
)
def test_bad_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "broken", "mine"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken" / "docket.jsonl").write_text("{", "utf-8")
    shutil.copy(PROOFS / "formalism" / "b3-exclusive.json", tmp_path / "mine")
    np.save("array.npy", np.full((2, 2, 2, 2), 0.25) * np.diag([2.0, -1.0]))
    code, _, errors = run_here("report", *arguments, capsys=capsys)
    assert code == 64
    assert errors.startswith("exactsteer: ")
    assert message in errors
    assert errors.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "array.npy",
        "broken",
        "empty",
        "mine",
    ]


@pytest.mark.parametrize("module", ["jinja2", "matplotlib"])
def test_a_missing_extra(tmp_path: Path, module: str) -> None:
    code = (
        f"import sys; sys.modules[{module!r}] = None; from exactsteer.cli import main; main(['report'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert answer.returncode == 64
    assert "pip install 'exactsteer[report]'" in answer.stderr
