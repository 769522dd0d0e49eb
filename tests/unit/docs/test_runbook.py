"""The runbook answers every sentence that a run can end with."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
PACKAGES = ("catalog", "database", "schema_sync", "factories", "backups", "operations", "flows")
ENDINGS = {"Refusal": 0, "Failure": 0, "Damaged": 0, "Forged": 0, "Rejected": 0, "refused": 1, "overrulable": 1}
"""What makes a sentence, and which of its arguments is the sentence."""
NOT_A_RUN = {"embedded.py", "server_programs.py", "data_folder.py", "server_account.py", "wheels.py", "demo"}
"""Servers of the demo and the tests: whoever meets their errors is not on duty."""

_VALUE = "…"  # stands where the code puts one
_SHORTEST = 8

SAID = (
    "no place for backups is set",
    'another run is under way on "app"',
    '"greenroom" is a superuser of production',
    "the backup 20261122T020000Z-3f9c2a is damaged",
)

Sentence = tuple[str, str]


def sentences() -> Iterator[Sentence]:
    """Each sentence, "…" for each value in it, with the place it comes from."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not NOT_A_RUN & set(path.relative_to(ROOT).parts):
                yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Sentence]:
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for call in _calls(function):
                for text in _texts(call.args[ENDINGS[_called(call)]], function):
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", text


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and len(node.args) > ENDINGS.get(_called(node), len(node.args)):
            yield node


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _texts(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """The sentence; several, if it is kept in a variable or put together; none if all of it is a value."""
    match node:
        case ast.Name(id=name):
            for value in _assigned(name, function):
                yield from _texts(value, function)
        case ast.BinOp(left=left) if text := _sentence(left):
            yield text  # what is added is there only sometimes
        case _ if text := _sentence(node):
            yield text


def _sentence(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    fixed = [part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else _VALUE for part in parts]
    text = _plain("".join(fixed)).strip(f'{_VALUE}: "')
    return text if len(text) >= _SHORTEST else ""


def _assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            yield node.value


def matches(sentence: str, text: str) -> bool:
    """Whether the text has the sentence in it, with any short text for each value."""
    return bool(re.search(".{0,80}?".join(map(re.escape, sentence.split(_VALUE))), text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("place", "text"), sorted(set(sentences())))
def test_every_sentence_is_answered(place: str, text: str) -> None:
    """An operator who searches the runbook for what the program said finds it."""
    assert matches(text, _plain(PAGE)), f"{place} says this, and docs/runbook.md does not"


def test_sentences_are_found_in_the_code() -> None:
    """The search itself finds plain sentences, sentences with values in them, and those kept in a variable."""
    found = {text for _, text in sentences()}
    assert {said for said in SAID if not any(matches(text, said) for text in found)} == set()


def test_recovering_by_hand_is_what_a_test_does() -> None:
    """The lines of "Recovering without this software" are those that a test runs against a real backup."""
    tried = (ROOT / "tests/integration/backups/test_without_us.py").read_text(encoding="utf-8")
    script = re.search(r'RECOVER = """\n(.*?)"""', tried, flags=re.DOTALL)
    assert script
    for line in script[1].replace("\\\\", "\\").splitlines():
        assert line in PAGE
