"""Foreign keys, unique and exclusion constraints: which parent a row points at, and what keeps rows apart."""
