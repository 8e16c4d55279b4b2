"""`exactsteer search` and `found`, run as a stranger runs them, and killed."""

from __future__ import annotations

import json
import os
import pty
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from campaigns import COMMAND, ENVIRONMENT, contents, run, snapshot, start

from exactsteer import Assemblage, read
from exactsteer.cli import main
from exactsteer.search.campaign import Campaign, planned

COUNTING = "small_recipes:Counting"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What a campaign of 80 units comes to that nobody disturbs, on one process."""
    folder = tmp_path_factory.mktemp("whole")
    answer = run("search", COUNTING, "c.sqlite", "--until", 80, "--jobs", 1, cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return contents(folder / "c.sqlite")


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    children = psutil.Process(process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def marks(folder: Path, count: int) -> None:
    """Wait until so many units have begun."""
    while len(list(folder.iterdir())) < count:
        time.sleep(0.01)


def test_boxes_are_found_and_certified(tmp_path: Path) -> None:
    answer = run(
        "search", "small_recipes:NoisyBoxes", "--until", 12, "--json", "--seed", 3, cwd=tmp_path
    )
    assert answer.returncode == 0, answer.stderr
    assert not answer.stderr
    result = json.loads(answer.stdout)
    assert result["campaign"] == "NoisyBoxes.campaign.sqlite"
    assert (result["recipe"], result["seed"]) == ("small_recipes:NoisyBoxes", 3)
    assert (result["stopped"], result["totals"]["units"]) == ("units", 12)
    assert 0 < result["totals"]["certified"] < result["totals"]["hits"]
    for hit in result["hits"]:
        assert (hit["certificates"] == ["postquantum.json"]) == hit["certified"] == (not hit["problem"])

    found = run("found", result["campaign"], "-o", "new", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "visibility" in found.stdout
    assert "check the certificates with: exactsteer check new/certificates" in found.stdout
    best = result["hits"][0]["name"]
    box = read(tmp_path / "new" / "examples" / f"{best}.json")
    assert isinstance(box, Assemblage)
    assert box.scenario.dimension == 1
    checked = run("check", "new/certificates", "--json", cwd=tmp_path)
    rows = json.loads(checked.stdout)
    assert {row["status"] for row in rows} == {"accepted"}
    assert len(rows) == result["totals"]["certified"]
    doubtful = list((tmp_path / "new" / "uncertified" / "examples").iterdir())
    assert len(doubtful) == result["totals"]["hits"] - result["totals"]["certified"]


def test_going_on(tmp_path: Path, whole: dict[str, list[Any]]) -> None:
    """By units, hits and seconds, with any number of processes: the units are the same."""
    command = ("search", COUNTING, "c.sqlite", "--json")
    for stops, stopped in (
        (("--until", 0), "units"),
        (("--hits", 9, "--until", 80), "hits"),
        (("--seconds", 0.5, "--until", 80), None),
        (("--until", 80, "--jobs", 5), "units"),
        (("--until", 40), "units"),
    ):
        answer = run(*command, *stops, cwd=tmp_path)
        assert answer.returncode == 0, answer.stderr
        assert stopped in (None, json.loads(answer.stdout)["stopped"])
    assert contents(tmp_path / "c.sqlite") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["c.sqlite"]


def test_units_that_fail(tmp_path: Path) -> None:
    """Each is stored with its problem, and the campaign goes on; a unit that kills does not for ever."""
    parts = ("failing=1,22", "leaving=2", "strange=3", "wrong=4", "deadly=5")
    options = [option for part in parts for option in ("-p", part)]
    command = ("search", COUNTING, "c.sqlite", *options, "--until", 10, "--jobs", 2)
    answer = run(*command, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "unit 1 failed: ValueError: half a surrogate \\udc80 and a second line" in answer.stdout
    assert "unit 2 failed: SystemExit: 7" in answer.stdout
    assert "unit 3 failed: InputError: hit: the rank (nan,)" in answer.stdout
    assert "unit 5 failed: its worker was killed 3 times" in answer.stdout
    assert "c.sqlite: 10 units, 11 candidates," in answer.stdout
    assert "4 units failed" in answer.stdout
    again = run(*command, "--json", "--best", 30, cwd=tmp_path)
    result = json.loads(again.stdout)
    assert [row["unit"] for row in result["failures"]] == [1, 2, 3, 5]
    (wrong,) = [hit for hit in result["hits"] if "no.json" in hit["certificates"]]
    assert wrong["problem"].startswith("no.json is malformed: ")
    assert (
        "go on with: exactsteer search small_recipes:Counting c.sqlite -p failing=1,22" in answer.stdout
    )


def test_killed_again_and_again(tmp_path: Path, whole: dict[str, list[Any]]) -> None:
    """The search alone, or all its processes, at any moment: nothing is lost, nothing is there twice."""
    source = random.Random(1)
    begun = tmp_path / "marks"
    begun.mkdir()
    options = ("-p", f"marks={begun}", "-p", "pause=25", "--until", 80, "--jobs", 2)
    command = ("search", COUNTING, "c.sqlite", *options)
    left = []
    for kill in range(12):
        process = start(*command, cwd=tmp_path)
        if kill % 2:
            time.sleep(source.uniform(0.1, 1.2))
        else:
            marks(begun, len(list(begun.iterdir())) + source.randint(1, 6))
        left += workers_of(process)
        if kill % 4 < 2:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    answer = run(*command, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    found = contents(tmp_path / "c.sqlite")
    assert {table: found[table] for table in found if table != "campaign"} == {
        table: whole[table] for table in whole if table != "campaign"
    }
    psutil.wait_procs(left)  # workers whose search is gone end by themselves


def test_workers_killed(tmp_path: Path, whole: dict[str, list[Any]]) -> None:
    """Each is replaced, and its unit runs again."""
    begun = tmp_path / "marks"
    begun.mkdir()
    options = ("-p", f"marks={begun}", "-p", "pause=30", "--until", 80, "--jobs", 3)
    process = start("search", COUNTING, "c.sqlite", *options, cwd=tmp_path)
    for count in (5, 20, 50):
        marks(begun, count)
        workers_of(process)[0].kill()
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "failed" not in out
    assert contents(tmp_path / "c.sqlite")["hit"] == whole["hit"]
    units = [int(path.name.partition(".")[0]) for path in begun.iterdir()]
    assert len(units) > len(set(units)) == 80


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(tmp_path: Path, whole: dict[str, list[Any]], number: int) -> None:
    """All processes of a terminal hear Ctrl-C; what is done is stored, what runs is given up."""
    begun = tmp_path / "marks"
    begun.mkdir()
    options = ("-p", f"marks={begun}", "-p", "pause=100", "--jobs", 2)
    process = start("search", COUNTING, "c.sqlite", *options, cwd=tmp_path)
    marks(begun, 7)
    workers = workers_of(process)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    out, err = process.communicate()
    assert process.returncode == 130
    assert not err
    assert "c.sqlite: " in out
    assert "go on with: exactsteer search" in out
    psutil.wait_procs(workers)
    before = contents(tmp_path / "c.sqlite")
    assert before["unit"]
    answer = run("search", COUNTING, "c.sqlite", *options, "--until", 20, cwd=tmp_path)
    assert answer.returncode == 0
    units = [row for row in whole["unit"] if row[0] < 20]
    assert [row for row in contents(tmp_path / "c.sqlite")["unit"] if row[0] < 20] == units


def test_one_search_at_a_time(tmp_path: Path) -> None:
    begun = tmp_path / "marks"
    begun.mkdir()
    options = ("-p", f"marks={begun}", "-p", "pause=50")
    process = start("search", COUNTING, "c.sqlite", *options, cwd=tmp_path)
    marks(begun, 5)
    for command in (("search", COUNTING, "c.sqlite", *options), ("found", "c.sqlite")):
        answer = run(*command, cwd=tmp_path)
        assert answer.returncode == 64
        assert answer.stderr == "exactsteer: c.sqlite: another search is using it\n"
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert run("found", "c.sqlite", cwd=tmp_path).returncode == 0


def test_the_live_line(tmp_path: Path) -> None:
    """On a terminal: amounts, rate and best example; in a pipe nothing."""
    master, slave = pty.openpty()
    command = [*COMMAND, "search", COUNTING, "c.sqlite", "--until", "12", "-p", "pause=60"]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=slave, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 4096)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
        answer = process.communicate()[0]
    os.close(master)
    assert b"candidates" in seen
    assert b"/s" in seen
    assert answer.startswith("c.sqlite: 12 units, 24 candidates, ")
    quiet = run("search", COUNTING, "c.sqlite", "--until", 13, "-p", "pause=60", cwd=tmp_path)
    assert not quiet.stderr


def test_recipes_are_listed(tmp_path: Path) -> None:
    people, program = run("search", cwd=tmp_path), run("search", "--json", cwd=tmp_path)
    assert people.returncode == program.returncode == 0
    for row in json.loads(program.stdout):
        assert f"{row['recipe']}: {row['summary']}" in people.stdout
        for name, parameter in row["parameters"].items():
            assert f"-p {name}={parameter['default']}  {parameter['meaning']}" in people.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "nothing"), "recipe 'nothing': give one of"),
        (("search", "no_such:Recipe"), "recipe 'no_such:Recipe': ModuleNotFoundError: No module named"),
        (("search", COUNTING, "-p", "most"), "-p most: write NAME=VALUE"),
        (("search", COUNTING, "-p", "most=1", "-p", "most=2"), "-p most=2: most is given twice"),
        (("search", COUNTING, "-p", "most=x"), "most x: an integer is needed"),
        (("search", COUNTING, "-p", "least=1"), "parameter 'least': the recipe has most, pause"),
        (("search", COUNTING, "--seed", str(2**63)), "--seed"),
        (("search", COUNTING, "--seconds", "nan"), "--seconds nan: a finite number is needed"),
        (("search", COUNTING, "--hits", "0"), "--hits"),
        (("search", COUNTING, "no/c.sqlite"), "no/c.sqlite: cannot be opened"),
        (("search", COUNTING, "."), ".: not a file"),
        (("search", COUNTING, "notes.txt"), "notes.txt: not a campaign; give another name"),
        (
            ("search", COUNTING, "other.sqlite"),
            "other.sqlite: a campaign with seed 6, not 0; give another",
        ),
        (("search", COUNTING, "-o", "notes.txt"), "--output notes.txt: cannot write in notes.txt"),
        (("search", COUNTING, "--dask", "nowhere"), "--dask nowhere: neither an address"),
        (("search", COUNTING, "--dask", "notes.txt"), "--dask notes.txt: neither an address"),
        (("found", "nothing.sqlite"), "nothing.sqlite: No such file"),
        (("found", "notes.txt"), "notes.txt: not a campaign"),
        (("found", "other.sqlite", "-o", "notes.txt"), "--output notes.txt: cannot write"),
        (("check", "notes.txt", "--dask", "nowhere"), "--dask nowhere: neither an address"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(
    tmp_path: Path,
    arguments: tuple[str, ...],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line on standard error, exit 64, nothing written or changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    (tmp_path / "notes.txt").write_text("notes", "utf-8")
    with Campaign(tmp_path / "other.sqlite", planned(COUNTING, {}, 6)):
        pass
    before = snapshot(tmp_path)
    with pytest.raises(SystemExit) as error:
        main([*arguments, "--json"])
    assert error.value.code == 64
    written = capsys.readouterr().err
    assert message in written
    assert len(written.splitlines()) == 1
    assert snapshot(tmp_path) == before


def test_what_must_not_be_written(tmp_path: Path) -> None:
    """A file, or its folder, for reading only. Root may write everything, unless it gives that up."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        pytest.skip("root may write everything, and there is no setpriv to give that up")
    wrapper = [setpriv, "--bounding-set=-all"] if os.geteuid() == 0 else []
    folder = tmp_path / "archive"
    folder.mkdir()
    assert run("search", COUNTING, "c.sqlite", "--until", 3, cwd=folder).returncode == 0

    def attempt(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*wrapper, *COMMAND, *arguments]
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT
        )

    for protect, file in ((folder / "c.sqlite", 0o444), (folder, 0o555)):
        before = snapshot(folder)
        mode = protect.stat().st_mode
        protect.chmod(file)
        answer = attempt("search", COUNTING, "c.sqlite", "--until", "5")
        reader = attempt("found", "c.sqlite", "--json")
        new = attempt("search", COUNTING, "new.sqlite", "--until", "0")
        protect.chmod(mode)
        assert answer.returncode == 64
        assert "c.sqlite: cannot be written" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
        assert json.loads(reader.stdout)["totals"]["units"] == 3, reader.stderr
        (folder / "new.sqlite").unlink(missing_ok=True)
        assert new.returncode == (64 if protect == folder else 0)
        assert snapshot(folder) == before


def test_without_dask(tmp_path: Path) -> None:
    """It is an extra; one line says how to get it."""
    code = "import sys; sys.modules['distributed'] = None; from exactsteer.cli import main; main()"
    for arguments in ("search", COUNTING), ("check", "."):
        (tmp_path / "a.json").write_text("{}", "utf-8")
        command = [COMMAND[0], "-c", code, *arguments, "--dask", "tcp://127.0.0.1:1"]
        answer = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, env=ENVIRONMENT
        )
        assert answer.returncode == 64
        assert answer.stderr.endswith("is not installed: pip install 'exactsteer[dask]'\n")
        assert len(answer.stderr.splitlines()) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
