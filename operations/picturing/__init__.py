"""What seeded rows look like: which charts are worth drawing (decide), and counting for them (act)."""

from operations.picturing.look import look_at_rows

__all__ = ["look_at_rows"]
