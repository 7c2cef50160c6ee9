"""The house keeps its own rules: what every file of the project holds to, whoever wrote it."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import onrecord

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent
SOURCE = ROOT / "src" / "onrecord"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
MODULES = sorted(SOURCE.rglob("*.py"))

WRITTEN = {".cfg", ".css", ".csv", ".html", ".ini", ".js", ".json", ".jsonl", ".md", ".py", ".sh", ".sql", ".toml", ".txt", ".xml", ".yml"}
NAMED = {".gitignore", "LICENSE", "Makefile", "run"}
MACHINE = re.compile(r"(?<![\w.])/(?:Users|farm|home|root|work)/\w")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.org|--find-links|index-url")

MOST_LINES = 600
# The install limit is 220 MB by du, byte-code included. What Python compiles as it is used takes 5 MB beside the libraries and
# under 1 MB of ours; pip and what built the package are not counted.
MOST_MEGABYTES = 220 - 6


def written() -> Iterator[Path]:
    """The project's own text files: no hidden folder but .ci, nothing built, and not this file, which names what it looks for."""
    for top in sorted(ROOT.iterdir()):
        if top.is_file():
            files = [top]
        elif top.name == ".ci" or not (top.name.startswith(".") or top.name in {"build", "dist"}):
            files = sorted(path for path in top.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        else:
            files = []
        yield from (path for path in files if (path.suffix in WRITTEN or path.name in NAMED) and path != HERE)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_every_module_says_what_it_is_for(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))), f"{short(module)} has no docstring"


@pytest.mark.parametrize("module", MODULES, ids=short)
def test_no_module_is_longer_than_one_subject_needs(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, short(module)


@pytest.mark.parametrize(("what", "pattern"), [("a path of one machine", MACHINE), ("a registry's address", REGISTRY)])
def test_no_file_depends_on_where_it_was_written(what, pattern):
    found = [
        f"{short(path)}:{number} holds {what}: {hit.group()}"
        for path in written()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (hit := pattern.search(line))
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "pattern", "caught"),
    [
        ("see /home/anna/news.txt", MACHINE, True),
        ("see https://example.org/home/anna", MACHINE, False),
        ("they work/live in Tartu", MACHINE, False),
        ("--extra-index-url https://example.org", REGISTRY, True),
        ("an index of every outlet", REGISTRY, False),
    ],
)
def test_what_is_looked_for_is_found_and_nothing_else(text, pattern, caught):
    assert bool(pattern.search(text)) is caught


def test_the_corpus_passes_its_own_check():
    articles = sorted((ROOT / "corpus" / "articles").rglob("*.xml"))
    done = subprocess.run([sys.executable, ROOT / "corpus" / "check.py", *articles], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    counts = count_line(done.stdout)
    assert counts in (ROOT / "corpus" / "README.md").read_text(encoding="utf-8"), f"corpus/README.md should say {counts}"


def count_line(checked: str) -> str:
    """The counts as the corpus's README gives them: ``| 185 | 63,772 | …``."""
    counts = ast.literal_eval(checked[checked.index("{") :])
    names = ("articles", "words", "statements", "conditions", "events", "dates")
    return "| **all** | " + " | ".join(f"{counts[name]:,}" for name in names) + " |"


def test_every_test_article_is_in_the_corpus():
    named = (ROOT / "corpus" / "test.txt").read_text(encoding="utf-8").split()
    assert set(named) <= {path.stem for path in (ROOT / "corpus" / "articles").rglob("*.xml")}
    assert len(named) == len(set(named)) >= 31


def test_the_version_is_one_and_the_changelog_has_a_place_for_it():
    assert onrecord.__version__ == version("onrecord")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[(?:Unreleased|{re.escape(onrecord.__version__)})\]", changes, re.MULTILINE)
    assert "### Extraction changes" in changes


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, onrecord; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "onnxruntime", "trafilatura", "lxml", "py3langid", "lemminflect"} & set(loaded)


def test_the_wheel_has_every_file_of_the_package(tmp_path):
    """Models, lexicons, migrations and the sample come with it: nothing is left to be fetched."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("onrecord/")}
    assert packed == {path.relative_to(ROOT / "src").as_posix() for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize("lock", LOCKS, ids=short)
def test_every_pin_of_a_lock_has_its_digests(lock):
    pins = re.findall(r"^[a-zA-Z].*(?:\n +--hash.*)*", lock.read_text(encoding="utf-8"), re.MULTILINE)
    assert pins
    for pin in pins:
        assert re.match(r"[\w.-]+==[^\s;]+(?: ; [^\\]+)? \\\n +--hash=sha256:[0-9a-f]{64}", pin), pin


def test_the_lock_holds_what_the_package_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"), re.MULTILINE))
    for requirement in map(Requirement, asked):
        pin = pins[requirement.name.replace("_", "-")]
        assert requirement.specifier.contains(pin), f"{requirement} but the lock has {pin}: run make lock"


def test_what_a_newcomer_installs_stays_under_the_limit():
    taken = {name: blocks(path for path in files(name) if path.suffix != ".pyc") for name in closure("onrecord")}
    taken["onrecord"] = blocks(path for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    largest = sorted(taken, key=taken.__getitem__, reverse=True)[:5]
    total = sum(taken.values()) / 2**20
    assert total < MOST_MEGABYTES, f"{total:.0f} MB; the largest: " + ", ".join(f"{name} {taken[name] / 2**20:.0f}" for name in largest)
    assert total > 100, "an install this small has not been measured but missed"


def closure(name: str) -> set[str]:
    """The distribution and all that it needs, here and without extras."""
    seen, todo = set[str](), [name]
    while todo:
        if (here := todo.pop()) not in seen:
            seen.add(here)
            needed = (Requirement(line) for line in distribution(here).requires or ())
            todo += [need.name.lower().replace("_", "-") for need in needed if not need.marker or need.marker.evaluate({"extra": ""})]
    return seen


def files(name: str) -> Iterator[Path]:
    """The files on disk that came with a distribution."""
    for file in distribution(name).files or ():
        path = Path(str(file.locate()))
        if path.is_file():
            yield path


def blocks(paths: Iterator[Path]) -> int:
    """What the files take on disk, as du counts it on blocks of 4 kB."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in paths)
