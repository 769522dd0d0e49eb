"""Rows of binary COPY by array operations: the same bytes as pgpq's, which takes the values one by one."""

from datetime import UTC, date, datetime
from typing import Any

import pgpq
import pyarrow
from hypothesis import given
from hypothesis import strategies as some
from pgpq import encoders
from pgpq import schema as wire

from catalog.model import DataType, TypeKind
from database.copy import encoding
from database.copy.copying import arrow_type, as_text

TEXT = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
KINDS: dict[str, some.SearchStrategy[Any]] = {
    "bool": some.booleans(),
    "int2": some.integers(-(2**15), 2**15 - 1),
    "int4": some.integers(-(2**31), 2**31 - 1),
    "int8": some.integers(-(2**63), 2**63 - 1),
    "float4": some.floats(width=32, allow_nan=False),
    "float8": some.floats(allow_nan=False),
    "date": some.dates(date(1, 1, 1)),
    "time": some.times(),
    "timestamp": some.datetimes(datetime(1, 1, 1)),
    "timestamptz": some.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=some.just(UTC)),
    "uuid": some.binary(min_size=16, max_size=16),
    "bytea": some.binary(max_size=9),
    "text": TEXT,
    "varchar": TEXT,
    "json": some.just("{}"),
    "jsonb": some.sampled_from(["{}", "[1, 2]", '{"a": null}']),
}


def _kind(base: str) -> DataType:
    return DataType(base, base)


@some.composite
def batches(draw: some.DrawFn) -> tuple[list[DataType], pyarrow.RecordBatch]:
    bases = draw(some.lists(some.sampled_from(list(KINDS)), min_size=1, max_size=6))
    count = draw(some.integers(0, 5))
    kinds = [_kind(base) for base in bases]
    cells = [draw(some.lists(some.none() | KINDS[base], min_size=count, max_size=count)) for base in bases]
    arrays = [pyarrow.array(values, arrow_type(kind)) for values, kind in zip(cells, kinds, strict=True)]
    return kinds, pyarrow.RecordBatch.from_arrays(arrays, names=[f"c{n}" for n in range(len(kinds))])


@given(batches())
def test_rows_are_encoded_as_pgpq_encodes_them(given: tuple[list[DataType], pyarrow.RecordBatch]) -> None:
    """Every type, any mixture of columns, NULLs, and no rows at all."""
    kinds, batch = given
    assert encoding.HEADER + _rows(batch, kinds) + encoding.TRAILER == _by_pgpq(batch, kinds)


@given(batches(), some.integers(0, 5), some.integers(0, 5))
def test_a_slice_of_a_batch_is_encoded_like_a_batch_of_its_own(
    given: tuple[list[DataType], pyarrow.RecordBatch], start: int, count: int
) -> None:
    """Arrow slices share their buffers with what they were cut from."""
    kinds, batch = given
    cut = batch.slice(start, count)
    assert encoding.HEADER + _rows(cut, kinds) + encoding.TRAILER == _by_pgpq(cut, kinds)


@given(batches())
def test_dictionaries_give_the_same_bytes_as_the_texts_they_stand_for(
    given: tuple[list[DataType], pyarrow.RecordBatch],
) -> None:
    """Alone, side by side, with NULLs."""
    kinds, batch = given
    coded = [a.dictionary_encode() if pyarrow.types.is_string(a.type) else a for a in batch.columns]
    again = pyarrow.RecordBatch.from_arrays(coded, names=batch.schema.names)
    assert _rows(again, kinds) == _rows(batch, kinds)


NUMBERS = some.lists(some.integers(-(10**17), 10**17), min_size=4, max_size=4)
WORDS = some.lists(TEXT, min_size=4, max_size=4)
FIELDS = some.one_of(
    some.integers(0, 10**17).map(lambda first: pyarrow.array(range(first, first + 4))),
    NUMBERS.map(pyarrow.array),
    WORDS.map(pyarrow.array),
    WORDS.map(lambda words: pyarrow.array(words).dictionary_encode()),
    TEXT.map(lambda word: pyarrow.array([word] * 4).dictionary_encode()),
)


@given(some.lists(some.lists(FIELDS, min_size=1, max_size=4), min_size=1, max_size=3), some.integers(0, 3))
def test_texts_in_pieces_give_the_same_bytes_as_the_texts_themselves(
    columns: list[list[pyarrow.Array]], start: int
) -> None:
    """Whole numbers among the pieces are their digits, however many; a slice is as good as the whole."""
    kinds = [_kind("jsonb" if place else "text") for place in range(len(columns))]
    structs = [pyarrow.StructArray.from_arrays(fields, list("abcd")[: len(fields)]) for fields in columns]
    names = [f"c{place}" for place in range(len(columns))]
    pieces = pyarrow.RecordBatch.from_arrays(structs, names=names).slice(start)
    texts = pyarrow.RecordBatch.from_arrays([as_text(struct) for struct in structs], names=names).slice(start)
    assert _rows(pieces, kinds) == _rows(texts, kinds)


def test_many_rows_give_the_same_bytes_as_the_rows_one_by_one() -> None:
    """They are put together some thousands at a time, with all kinds of columns."""
    count = 5000
    every = range(count)
    columns = {
        "int4": pyarrow.array(every, pyarrow.int32()),
        "int2": pyarrow.array([n % 300 if n % 3 else None for n in every], pyarrow.int16()),
        "uuid": pyarrow.array([n.to_bytes(16) if n % 2 else None for n in every], pyarrow.binary(16)),
        "text": pyarrow.array([f"number {n} of many" if n % 5 else None for n in every]),
        "jsonb": pyarrow.array([f'{{"some": {n % 9}}}' for n in every]).dictionary_encode(),
        "varchar": pyarrow.array(["x" * (n % 40) for n in every]),
    }
    kinds = [_kind(base) for base in columns]
    batch = pyarrow.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    assert _rows(batch, kinds) == b"".join(_rows(batch.slice(n, 1), kinds) for n in every)


def test_neighbours_of_few_variants_give_the_same_bytes_as_one_by_one() -> None:
    """From eight rows a combination on they are combined."""
    mood = DataType("mood", "mood", TypeKind.ENUM, "public", labels=("sad", "glad"))
    kinds = [mood, _kind("jsonb"), mood]
    texts = [["sad", "glad"] * 50, ['{"a": 1}', "[]", "{}", "1"] * 25, ["glad"] * 50 + ["sad"] * 50]
    plain = [pyarrow.array(values) for values in texts]
    names = ["a", "b", "c"]
    coded = pyarrow.RecordBatch.from_arrays([array.dictionary_encode() for array in plain], names=names)
    assert _rows(coded, kinds) == _rows(pyarrow.RecordBatch.from_arrays(plain, names=names), kinds)


def test_texts_of_few_variants_come_before_numbers_and_numbers_before_other_texts() -> None:
    """The order in which the fewest pieces have to be joined; otherwise the columns keep theirs."""
    few, text = pyarrow.array(["a", "b"]).dictionary_encode(), pyarrow.array(["a", "b"])
    number = pyarrow.array([1, 2])
    batch = pyarrow.RecordBatch.from_arrays([few, text, number, few, text, number], names=list("abcdef"))
    assert encoding.order(batch) == [0, 3, 2, 5, 1, 4]


def test_a_text_with_digits_behind_it_stands_between_the_fewest_variants_and_the_numbers() -> None:
    """What it begins with is combined with the ones before it, and its digits are of the numbers' record."""
    few, more = (pyarrow.array([f"{n % size}" for n in range(8)]).dictionary_encode() for size in (2, 8))
    numbers = pyarrow.array(range(8))
    link = pyarrow.StructArray.from_arrays([few, numbers], ["start", "number"])
    batch = pyarrow.RecordBatch.from_arrays([numbers, link, few, more], names=list("abcd"))
    assert encoding.order(batch) == [3, 2, 1, 0]


def _rows(batch: pyarrow.RecordBatch, kinds: list[DataType]) -> bytes:
    return b"".join(data for _, data in encoding.rows(batch, kinds))


def _by_pgpq(batch: pyarrow.RecordBatch, kinds: list[DataType]) -> bytes:
    builders = {field.name: _builder(field, kind) for field, kind in zip(batch.schema, kinds, strict=True)}
    encoder = pgpq.ArrowToPostgresBinaryEncoder.new_with_encoders(batch.schema, builders)
    header: bytes = encoder.write_header()
    return header + encoder.write_batch(batch) + encoder.finish()


def _builder(field: pyarrow.Field, kind: DataType) -> Any:
    if kind.base == "jsonb":
        return encoders.StringEncoderBuilder.new_with_output(field, wire.Jsonb())
    return pgpq.ArrowToPostgresBinaryEncoder.infer_encoder(field)
