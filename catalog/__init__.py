"""The shared vocabulary: the schema as frozen values, how two compare, and what may go wrong."""
