-- Who owns this database.
SELECT format('%I', pg_get_userbyid(datdba)) FROM pg_database WHERE datname = current_database()
