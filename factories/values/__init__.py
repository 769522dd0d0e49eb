"""Recipes: what a column may hold, as functions of row numbers."""
