"""Makes the bucket of a trial's store, unless it is there; its name is the argument, the store boto3's variables."""

import sys

import boto3
from botocore.exceptions import ClientError

store = boto3.client("s3")
try:
    store.head_bucket(Bucket=sys.argv[1])
except ClientError:
    store.create_bucket(Bucket=sys.argv[1])
