"""Rows into tables by COPY: from Arrow columns to the bytes that PostgreSQL reads."""
