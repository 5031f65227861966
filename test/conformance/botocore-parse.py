"""Has the installed botocore read answers of the service: a JSON list of {"operation", "headers", "body"} from
standard input.

Prints, for each, {"problems", "parsed"}: what botocore's own check of shapes has to say about the body and about what
its parser made of it, and members that are not of Python's types; and what it parsed, with times as seconds.
"""

import datetime
import json
import sys

import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.validate

service = botocore.model.ServiceModel(
    botocore.loaders.Loader().load_service_model("mturk", "service-2", "2017-01-17"), service_name="mturk"
)
parser = botocore.parsers.create_parser(service.metadata["protocol"])

types = {
    "structure": dict,
    "list": list,
    "string": str,
    "integer": int,
    "long": int,
    "boolean": bool,
    "timestamp": datetime.datetime,
}


def mistyped(value, shape, path):
    expected = types[shape.type_name]
    # A bool is an int to isinstance.
    if not isinstance(value, expected) or isinstance(value, bool) != (expected is bool):
        return [f"{path}: {type(value).__name__} is no {shape.type_name}"]
    if shape.type_name == "timestamp":
        return [] if value.tzinfo is not None else [f"{path}: {value!r} has no time zone"]
    if shape.type_name == "structure":
        members = [(name, member) for name, member in shape.members.items() if name in value]
        return sum([mistyped(value[name], member, f"{path}.{name}") for name, member in members], [])
    if shape.type_name == "list":
        return sum([mistyped(item, shape.member, f"{path}[{index}]") for index, item in enumerate(value)], [])
    return []


def checked(value, shape, which):
    report = botocore.validate.ParamValidator().validate(value, shape)
    return [f"{which}: {report.generate_report()}"] if report.has_errors() else []


def seconds(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    raise TypeError(value)


def read(operation, headers, body):
    shape = service.operation_model(operation).output_shape
    response = {"status_code": 200, "headers": headers, "body": body.encode()}
    try:
        parsed = parser.parse(response, shape)
    except Exception as error:
        return {"problems": [f"botocore cannot read it: {error!r}"], "parsed": None}
    metadata = parsed.pop("ResponseMetadata")
    problems = [] if metadata.get("RequestId") else ["ResponseMetadata has no RequestId"]
    problems += checked(json.loads(body), shape, "body") + checked(parsed, shape, "parsed")
    return {"problems": problems + mistyped(parsed, shape, operation), "parsed": parsed}


print(json.dumps([read(**answer) for answer in json.load(sys.stdin)], default=seconds))
