"""The way of an archive through compression and cipher, and back: `zstd --check | age`, in constant memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, cast

import zstandard

from backups.cipher import Damaged, Identity, Recipient, decrypt, encrypt
from backups.streams import Meter, Progress, Reader, Writer, silent

_LEVEL = 2  # takes two thirds of the time of level 3, for as small an archive of seeded rows
_ASIDE = 1  # compresses on a thread beside ours, which then has half as much to do; the frame is the same
_BLOCK = 256 * 1024
_WINDOW = 8 << 20  # bytes that decompressing may look back over; ours need 2 MiB, somebody else's might ask for memory


@dataclass(frozen=True, slots=True)
class Measures:
    """What passed: sizes in bytes and SHA-256 in hex, before (`clear`) and after (`cipher`) compression and cipher."""

    clear_bytes: int
    compressed_bytes: int
    cipher_bytes: int
    clear_sha256: str
    cipher_sha256: str


def seal(source: Reader, sink: Writer, recipients: Sequence[Recipient], *, progress: Progress = silent) -> Measures:
    """Compress all of `source` and encrypt it into `sink`; `progress` hears of clear bytes.

    The frame carries zstd's checksum of the clear bytes (RFC 8878, 3.1.1), which `pg_dump`'s own compression lacks.
    """
    clear = Meter(source=source, progress=progress)
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, threads=_ASIDE)
    with compressor.stream_reader(cast("IO[bytes]", clear), read_size=_BLOCK) as squeezed:
        compressed = Meter(source=squeezed, hashing=False)
        cipher = encrypt(compressed, sink, recipients)
    return Measures(clear.size, compressed.size, cipher.size, clear.sha256, cipher.sha256)


def unseal(source: Reader, sink: Writer, identities: Sequence[Identity], *, progress: Progress = silent) -> Measures:
    """Decrypt all of `source` and decompress it into `sink`; `progress` hears of clear bytes.

    Clear bytes reach the sink before the end is known to be good. Raises Damaged if anything in it is damaged.
    """
    cipher, clear = Meter(source=source), Meter(sink=sink, progress=progress)
    decompressor = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_writer(
        cast("IO[bytes]", clear), write_size=_BLOCK
    )
    compressed = Meter(sink=decompressor, hashing=False)
    try:
        decrypt(cipher, compressed, identities)
    except zstandard.ZstdError as error:
        raise Damaged("the archive cannot be decompressed", why=str(error)) from None
    return Measures(clear.size, compressed.size, cipher.size, clear.sha256, cipher.sha256)
