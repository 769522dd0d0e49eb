"""Rows for every table of a schema: what each column holds, and why; then the loading of them."""
