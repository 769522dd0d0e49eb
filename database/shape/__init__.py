"""Reading a database's schema, what it stands on, and what a finished one is like; reads only."""
