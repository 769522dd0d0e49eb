#!/bin/sh
# An S3 store for a trial (SeaweedFS, from this project's lock), that knows one key pair: that of the environment.
set -eu

umask 077
config=/tmp/s3.json
cat > "$config" <<JSON
{"identities": [{"name": "greenroom", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
  "credentials": [{"accessKey": "$AWS_ACCESS_KEY_ID", "secretKey": "$AWS_SECRET_ACCESS_KEY"}]}]}
JSON
exec weed server -dir=/var/lib/store -ip=127.0.0.1 -ip.bind=0.0.0.0 -master.volumeSizeLimitMB=256 -volume.max=64 \
    -filer -s3 -s3.port=8333 -s3.config="$config"
