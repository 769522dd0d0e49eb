#!/bin/sh
# An S3 store for a trial (SeaweedFS, from this project's lock), that knows one key pair: that of the environment.
set -eu

umask 077
config=${TMPDIR:-/tmp}/s3.json
cat > "$config" <<JSON
{"identities": [{"name": "greenroom", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
  "credentials": [{"accessKey": "$AWS_ACCESS_KEY_ID", "secretKey": "$AWS_SECRET_ACCESS_KEY"}]}]}
JSON
exec weed server -dir="${STORE_FOLDER:-/var/lib/store}" -ip=127.0.0.1 -ip.bind=0.0.0.0 -master.telemetry=false \
    -master.volumeSizeLimitMB=256 -volume.max=64 -volume.preStopSeconds=0 -filer -s3 -s3.port=${STORE_PORT:-8333} -s3.port.iceberg=0 \
    -s3.port.lance=0 -s3.autoCreateBucket=false -s3.config="$config"
