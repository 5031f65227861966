# Walks through lists with boto3's paginators, and with the loops that programs have written instead, for a test: one
# JSON line in, one JSON line out, until the input ends.
import itertools, json, sys
from botocore import xform_name


def paginators():
    client = boto3.client("mturk")
    methods = client.meta.method_to_api_mapping
    return sorted(operation for name, operation in methods.items() if client.can_paginate(name))


class Walk:
    def __init__(self, key, operation, parameters, identity, bound):
        client = client_of(key)
        self.call = getattr(client, xform_name(operation))
        self.paginator = client.get_paginator(xform_name(operation))
        self.member = self.paginator.result_keys[0].expression
        self.parameters, self.identity, self.bound = parameters, identity, bound

    def ids(self, page):
        return [entry[self.identity] for entry in page[self.member]]

    def bounded(self, pages):
        """The pages as lists of ids; an error where there is no end, or where a page miscounts itself."""
        walked = []
        for page in itertools.islice(pages, self.bound + 1):
            walked.append(self.ids(page))
            assert page["NumResults"] == len(walked[-1]), f"NumResults is {page['NumResults']}"
        assert len(walked) <= self.bound, f"more than {self.bound} pages"
        return walked

    def pages(self, **configuration):
        return self.bounded(self.paginator.paginate(**self.parameters, PaginationConfig=configuration))

    def while_token(self, size):
        """The loop that goes on while there is a token."""

        def pages():
            page = self.call(**self.parameters, MaxResults=size)
            yield page
            while page.get("NextToken"):
                page = self.call(**self.parameters, MaxResults=size, NextToken=page["NextToken"])
                yield page

        return self.bounded(pages())

    def while_entries(self, size):
        """The loop that takes the token of every page with entries, without a look whether it is there."""

        def pages():
            page = self.call(**self.parameters, MaxResults=size)
            yield page
            while page["NumResults"] > 0:
                page = self.call(**self.parameters, MaxResults=size, NextToken=page["NextToken"])
                yield page

        return self.bounded(pages())

    def resumed(self, items, size):
        """The list in parts of so many items: each goes on where the one before it was cut off."""
        parts, token = [], None
        while True:
            configuration = {"MaxItems": items, "PageSize": size, "StartingToken": token}
            part = self.paginator.paginate(**self.parameters, PaginationConfig=configuration).build_full_result()
            parts.append(self.ids(part))
            assert len(parts) <= self.bound, f"more than {self.bound} parts"
            token = part.get("NextToken")
            if token is None:
                return parts

    def started(self, size):
        """A page that was called for by hand; the paginator begins at its token, as the service gave it."""
        page = self.call(**self.parameters, MaxResults=size)
        if "NextToken" not in page:
            return [self.ids(page)]
        return [self.ids(page)] + self.pages(PageSize=size, StartingToken=page["NextToken"])

    def searched(self):
        """What an expression finds over all pages."""
        found = self.paginator.paginate(**self.parameters).search(f"{self.member}[].{self.identity}")
        return list(itertools.islice(found, self.bound + 1))


def walk(given):
    one = Walk(given["key"], given["operation"], given["parameters"], given["identity"], given["bound"])
    size = given["partSize"]
    return {
        "usual": one.pages(),
        "sizes": {page: one.pages(PageSize=page) for page in given["sizes"]},
        "whileToken": one.while_token(size),
        "whileEntries": one.while_entries(size),
        "resumed": {items: one.resumed(items, size) for items in given["parts"]},
        "started": one.started(size),
        "searched": one.searched(),
    }


for line in sys.stdin:
    given = json.loads(line)
    try:
        print(json.dumps(paginators() if given == "paginators" else walk(given)), flush=True)
    except Exception as error:
        print(json.dumps({"error": repr(error)}), flush=True)
