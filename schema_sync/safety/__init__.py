"""Whether anything in a database could be somebody's: addresses, numbers and keys in the texts of its rows."""
