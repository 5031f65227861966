"""Prints what the installed botocore knows about MTurk: {"version", "boto3", "service", "paginators"} as JSON.

`boto3` is its version or null; `service` and `paginators` are null in a botocore that has dropped the service.

With the argument `client`, it builds a boto3 client instead, from the service description in the folder that
AWS_DATA_PATH names, and prints what came of it. The last argument is the service's name.
"""

import json
import os
import sys

import botocore
import botocore.exceptions
import botocore.loaders
import botocore.session

try:
    import boto3
except ImportError:
    boto3 = None


def model():
    return {
        "version": botocore.__version__,
        "boto3": boto3 and boto3.__version__,
        "service": load("service-2"),
        "paginators": load("paginators-1"),
    }


def load(part):
    try:
        return botocore.loaders.Loader().load_service_model("mturk", part, "2017-01-17")
    except (botocore.exceptions.DataNotFoundError, botocore.exceptions.UnknownServiceError):
        return None


def client(service):
    session = botocore.session.Session()
    loader = session.get_component("data_loader")
    _, source = loader.load_data_with_path(os.path.join(service, "2017-01-17", "service-2"))
    made = boto3.session.Session(botocore_session=session).client(
        service,
        region_name="us-east-1",
        endpoint_url="http://127.0.0.1:9",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
    )
    methods = made.meta.method_to_api_mapping
    return {
        "source": source,
        "methods": {name: callable(getattr(made, name)) and operation for name, operation in methods.items()},
        "paginators": sorted(operation for name, operation in methods.items() if made.can_paginate(name)),
        "exceptions": [made.exceptions.RequestError.__name__, made.exceptions.ServiceFault.__name__],
        "signingName": made.meta.service_model.signing_name,
        "endpointPrefix": made.meta.service_model.endpoint_prefix,
    }


print(json.dumps(client(sys.argv[2]) if sys.argv[1:2] == ["client"] else model()))
