"""PostgreSQL servers of our own on this machine, and the programs they are made of."""
