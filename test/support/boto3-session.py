# Makes calls with boto3 for a test: one JSON line in, one JSON line out, until the input ends.
import datetime, json, sys
from botocore import xform_name
from botocore.exceptions import ClientError


def call(client, operation, parameters):
    try:
        answer = getattr(client, xform_name(operation))(**parameters)
    except ClientError as error:
        return {
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "type": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "code": error.response.get("TurkErrorCode"),
            "modelled": isinstance(error, client.exceptions.RequestError),
        }
    metadata = answer.pop("ResponseMetadata")
    assert metadata["HTTPStatusCode"] == 200, metadata
    return {"output": answer}


def seconds(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    raise TypeError(value)


for line in sys.stdin:
    given = json.loads(line)
    answered = call(client_of(given["key"]), given["operation"], given["parameters"])
    print(json.dumps(answered, default=seconds), flush=True)
