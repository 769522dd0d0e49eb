"""Every setting by theme: its type, its default, and what people are told of it."""
