"""What the commands that keep backups refuse before they begin, and the policies that they print."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from catalog.errors import GreenroomError, Misuse, Refusal
from catalog.findings import noted, passed
from operations.cli.codes import DONE, PARTLY, code_of_record
from operations.cli.program import program
from operations.record import COPIES, UNREAD
from tests.unit.cli.test_drift_lines import RECORD

NAME = "20261122T030000Z-3f9c2a"


@pytest.mark.parametrize(
    ("words", "kind", "told"),
    [
        (["check", NAME, "--all"], Misuse, "exclude each other"),
        (["check", "--newest", "--all"], Misuse, "exclude each other"),
        (["hold", NAME, "--reason", "x", "--until", "tomorrow"], Misuse, "is no time"),
        (["hold", NAME, "--reason", "x", "--until", "2001-01-01"], Misuse, "is over already"),
        (["policy", "--for", "reader", "--read-back"], Misuse, "is for a writer"),
        (["policy", "--for", "writer"], Refusal, "a folder has no policy"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    words: list[str], kind: type[GreenroomError], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is looked at."""
    monkeypatch.setenv("GREENROOM_STORE", "s3://mine/team" if "--read-back" in words else "/backups")
    error = CliRunner().invoke(program(["backups"]), ["backups", *words]).exception
    assert type(error) is kind
    assert told in str(error)


def test_a_policy_is_printed_for_the_store_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON, with what the store's options need."""
    monkeypatch.setenv("GREENROOM_STORE", "s3://mine/team?lock=compliance")
    ran = CliRunner().invoke(program(["backups"]), ["backups", "policy", "--for", "writer"])
    statement = json.loads(ran.output)["Statement"][0]
    assert statement["Resource"] == ["arn:aws:s3:::mine/team/*"]
    assert "s3:PutObjectRetention" in statement["Action"]


def test_what_was_done_in_part_has_an_exit_code_of_its_own() -> None:
    """A backup in one of two stores alone, or one that was not opened; what passed is done."""
    for check in (COPIES, UNREAD):
        assert code_of_record(replace(RECORD, findings=(noted(check, "it lacks something"),))) == PARTLY
        assert code_of_record(replace(RECORD, findings=(passed(check, "it is whole"),))) == DONE
