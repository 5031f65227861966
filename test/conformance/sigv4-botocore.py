# Signs the requests given as a JSON list on stdin with botocore and prints their headers as a JSON list.
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

answers = []
for given in json.load(sys.stdin):
    request = AWSRequest(
        method="POST",
        url="http://" + given["host"] + given["target"],
        data=given["body"].encode("utf-8"),
        headers=given["headers"],
    )
    request.headers["Host"] = given["host"]
    credentials = Credentials(given["accessKeyId"], given["secret"])
    SigV4Auth(credentials, "mturk-requester", given["region"]).add_auth(request)
    answers.append([[name, value] for name, value in request.headers.items()])
json.dump(answers, sys.stdout)
