"""Rows tried on PostgreSQL before they exist: what it turns down is mended, pooled or sifted."""
