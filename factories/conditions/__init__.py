"""What constraints say: their expressions read with PostgreSQL's parser, and asked of PostgreSQL itself."""
