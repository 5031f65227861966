# What every program has that python-session.ts starts: a client for each key.
clients = {}


def client_of(key):
    if key["accessKeyId"] not in clients:
        clients[key["accessKeyId"]] = boto3.client(
            "mturk", aws_access_key_id=key["accessKeyId"], aws_secret_access_key=key["secretAccessKey"]
        )
    return clients[key["accessKeyId"]]


