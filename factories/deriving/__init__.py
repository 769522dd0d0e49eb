"""A recipe for every column that nobody wrote one for: by name, type, neighbours and hints."""
