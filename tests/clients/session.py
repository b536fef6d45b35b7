# SPDX-License-Identifier: Apache-2.0
"""boto3 clients and resources that talk to the server under test and to nothing else."""

import boto3
from botocore.config import Config

# What run.py tells the server, and what every program of the folder signs with.
KEY_ID, SECRET = "AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab"


def settings(endpoint, key=KEY_ID, secret=SECRET, region="us-east-1", **config):
    config = {"retries": {"max_attempts": 1}, "max_pool_connections": 32, "read_timeout": 60, **config}
    return {"endpoint_url": endpoint, "region_name": region, "aws_access_key_id": key, "aws_secret_access_key": secret,
            "config": Config(**config)}


def client(endpoint, service="dynamodb", **more):
    return boto3.client(service, **settings(endpoint, **more))


def resource(endpoint, **more):
    return boto3.resource("dynamodb", **settings(endpoint, **more))
