"""A manifest survives its trip through JSON, and a bad one says what is wrong with it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backups.manifest import DOCUMENT, FORMAT, Manifest, SignInHash, manifest_json, read_manifest
from backups.proof import Proof, ProofKind, proof_json, read_proof
from catalog.errors import Failure

ID = "20261122T020000Z-3f9c2a"
MANIFEST = Manifest(
    format=FORMAT,
    id=ID,
    database="app_staging",
    taken_at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC),
    seconds=41.25,
    clear_bytes=3_000_000_000,
    compressed_bytes=500_000_000,
    cipher_bytes=500_123_000,
    clear_sha256="a" * 64,
    cipher_sha256="b" * 64,
    recipients=("age1abc", "age1def"),
    schema_fingerprint="c" * 64,
    settled_fingerprint="d" * 64,
    row_counts=(("public.users", 500), ('public."Odd.Name"', 0)),
    server_version=180006,
    pg_dump_major=18,
    greenroom_version="0.1.0",
    content_hashes=(("public.users", "e" * 32), ('public."Odd.Name"', "0" * 32)),
    sequences=(("public.users_id_seq", (501, 503)),),
    roles_bytes=812,
    roles_sha256="f" * 64,
    holds="20261115T020000Z-aaaaaa",
    copy_of="",
    large_objects=0,
    large_objects_hash="0" * 32,
    document=DOCUMENT,
    materialized_views=(("public.daily", "1" * 32), ("public.later", "")),
    sign_in=(SignInHash("public", "users", "email", "ada@example.com", "2" * 32),),
    inherited_columns=(("public.child", ("a", "own", "b")),),
)


def edited(**changes: object) -> bytes:
    return json.dumps(json.loads(manifest_json(MANIFEST)) | changes).encode()


def complaint(text: bytes, backup: str = ID) -> str:
    with pytest.raises(Failure) as caught:
        read_manifest(text, backup)
    return str(caught.value)


def test_a_manifest_comes_back_as_it_was() -> None:
    """Writing and reading changes nothing."""
    assert read_manifest(manifest_json(MANIFEST), ID) == MANIFEST


@given(
    counts=st.dictionaries(st.text(min_size=1), st.integers(0, 2**63)),
    database=st.text(min_size=1),
    taken_at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),
    seconds=st.floats(0, 1e9),
)
def test_any_manifest_comes_back_as_it_was(
    counts: dict[str, int], database: str, taken_at: datetime, seconds: float
) -> None:
    """Odd names, large counts and any moment survive."""
    manifest = replace(
        MANIFEST, row_counts=tuple(counts.items()), database=database, taken_at=taken_at, seconds=seconds
    )
    assert read_manifest(manifest_json(manifest), ID) == manifest


def test_a_manifest_reads_well() -> None:
    """Times are ISO 8601 in UTC and the row counts are an object, one line a table."""
    text = manifest_json(MANIFEST).decode()
    assert '"taken_at": "2026-11-22T02:00:00Z"' in text
    assert '    "public.users": 500,\n' in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cipher_bytes": -1}, "cipher_bytes"),
        ({"cipher_bytes": "12"}, "cipher_bytes"),
        ({"cipher_sha256": "B" * 64}, "cipher_sha256"),
        ({"taken_at": "2026-11-22T02:00:00"}, "taken_at"),
        ({"recipients": []}, "recipients"),
        ({"row_counts": {"public.users": -5}}, "row_counts"),
        ({"materialized_views": {"public.daily": "no hash"}}, "materialized_views"),
        ({"sign_in": [{"schema": "public"}]}, "sign_in"),
        ({"inherited_columns": {"public.child": "a, b"}}, "inherited_columns"),
        ({"id": "../../etc"}, "not the name of a backup"),
        ({"surprise": 1}, "surprise"),
        ({"format": FORMAT + 1}, f"the backup is of format {FORMAT + 1}"),
    ],
)
def test_a_bad_field_is_named(changes: dict[str, object], told: str) -> None:
    """The sentence names the object and the first field that is wrong."""
    sentence = complaint(edited(**changes))
    assert sentence.startswith(f"failed: {ID}/manifest.json cannot be read")
    assert told in sentence


def test_a_missing_field_is_named() -> None:
    """A manifest that lacks its hash is not a manifest."""
    fields = json.loads(manifest_json(MANIFEST))
    del fields["clear_sha256"]
    assert "clear_sha256" in complaint(json.dumps(fields).encode())


@given(st.binary(max_size=200))
def test_noise_is_not_a_manifest(noise: bytes) -> None:
    """Whatever bytes are found there, the answer is a sentence, not a stack trace."""
    assert ID in complaint(noise)


def test_half_a_manifest_is_not_a_manifest() -> None:
    """A truncated object is found out at any length."""
    whole = manifest_json(MANIFEST)
    for length in range(0, len(whole) - 2, 37):
        assert "cannot be read" in complaint(whole[:length])


def test_another_backups_manifest_is_not_trusted() -> None:
    """A manifest copied from one backup to another is found out by its own name."""
    assert "it is the manifest of 20261122T020000Z-3f9c2a" in complaint(
        manifest_json(MANIFEST), "20261123T020000Z-aaaaaa"
    )


def test_a_proof_comes_back_as_it_was() -> None:
    """Writing and reading changes nothing, and its object is named for what it is."""
    proof = Proof(ID, ProofKind.RESTORE_TEST, datetime(2026, 12, 1, 3, tzinfo=UTC), 12.5, ("one", "two"))
    assert proof.name == f"{ID}/proofs/20261201T030000Z-restore-test.json"
    assert read_proof(proof_json(proof), proof.name) == proof


def test_a_recovery_longer_than_four_hours_misses_the_objective() -> None:
    """The objective is four hours unless another is given."""
    proof = Proof(ID, ProofKind.RESTORE_TEST, datetime(2026, 12, 1, 3, tzinfo=UTC), 4 * 3600 + 1, ())
    assert proof.passed
    assert not proof.within()


SINCE_4 = ("materialized_views", "sign_in", "inherited_columns")
LATEST = ("large_objects", "large_objects_hash", "document", *SINCE_4)


@pytest.mark.parametrize(("older", "lacking"), [(2, LATEST), (3, SINCE_4)])
def test_a_manifest_of_an_older_format_is_read_and_written_as_it_was(older: int, lacking: tuple[str, ...]) -> None:
    """It lacks what came later; nothing that it lacks is written into it."""
    fields = {name: value for name, value in json.loads(edited(format=older)).items() if name not in lacking}
    found = read_manifest(json.dumps(fields).encode(), ID)
    nothing: dict[str, Any] = dict.fromkeys(lacking)
    assert found == replace(MANIFEST, format=older, **nothing)
    assert json.loads(manifest_json(found)) == fields


def test_a_document_of_another_kind_is_refused() -> None:
    """What is signed says what it is: a proof's word is none for a manifest, and the other way round."""
    assert "document: " in complaint(edited(document="greenroom/backup-proof"))
    proof = json.loads(proof_json(Proof(ID, ProofKind.CHECK, MANIFEST.taken_at, 1.0, ())))
    assert proof["document"] == "greenroom/backup-proof"
    name = Proof(ID, ProofKind.CHECK, MANIFEST.taken_at, 1.0, ()).name
    older = {key: value for key, value in proof.items() if key != "document"}
    assert read_proof(json.dumps(older).encode(), name).passed
    with pytest.raises(Failure, match="document: "):
        read_proof(json.dumps(proof | {"document": DOCUMENT}).encode(), name)


def test_a_manifest_of_format_1_is_read() -> None:
    """It lacks what came later, and that is None; one of today has to have it, and one of tomorrow is refused."""
    later = ("content_hashes", "sequences", "roles_bytes", "roles_sha256", "holds", "copy_of", *LATEST)
    fields = {name: value for name, value in json.loads(manifest_json(MANIFEST)).items() if name not in later}
    before = read_manifest(json.dumps(fields | {"format": 1}).encode(), ID)
    nothing: dict[str, Any] = dict.fromkeys(later)
    assert before == replace(MANIFEST, format=1, **nothing)
    assert "content_hashes: a backup of format 4 has it" in complaint(json.dumps(fields).encode())
    assert "the backup is of format 5" in complaint(edited(format=5))


def test_a_proof_copied_from_another_backup_is_not_trusted() -> None:
    """It says of which backup it is, and of when."""
    proof = Proof(ID, ProofKind.RESTORE_TEST, datetime(2026, 12, 1, 3, tzinfo=UTC), 12.5, ())
    with pytest.raises(Failure, match="cannot be trusted: it is a copy of"):
        read_proof(proof_json(proof), proof.name.replace(ID, "20261123T020000Z-aaaaaa"))
