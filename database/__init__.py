"""The only package that connects to PostgreSQL or starts one of its programs."""
