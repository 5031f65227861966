#!/usr/bin/env python3
"""Saves what the Mechanical Turk API still tells of your account, for the time when it tells nothing any more.

Needs Python 3 and boto3, and the AWS credentials that your programs used (environment, ~/.aws/credentials, --profile).

    python3 save-mturk.py my-years-at-mturk

It only reads. When it is interrupted, run it again: it goes on where it stopped. Each file in the folder has one answer
of the API on each line, as JSON; `kempelen import` reads them. See docs/leaving-amazon.md.
"""
import argparse
import datetime
import html
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.request

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import (
        BotoCoreError, ClientError, HTTPClientError, NoCredentialsError, PartialCredentialsError, ProfileNotFound,
    )
    from botocore.exceptions import ConnectionError as NotConnected
except ImportError:
    sys.exit('save-mturk: boto3 is missing. Install it with: pip install boto3')

PRODUCTION = 'https://mturk-requester.us-east-1.amazonaws.com'
SANDBOX = 'https://mturk-requester-sandbox.us-east-1.amazonaws.com'
PAGE, LONGEST_PAUSE = 100, 60
PROGRESS = 'progress.jsonl'
FILES = {'%s.jsonl' % name for name in (
    'account assignments bonuses hits problems qualification-requests qualification-types review-results scores '
    'worker-blocks').split()}
UNKNOWN_KEY = {
    'UnrecognizedClientException', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'InvalidClientTokenId',
    'ExpiredTokenException', 'ExpiredToken', 'IncompleteSignatureException', 'MissingAuthenticationTokenException',
}
THROTTLED = {'ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded', 'SlowDown'}


class Failed(Exception):
    """Nothing more can be saved now; the text says why."""


class Refused(Exception):
    """The service refuses this one call; the others may go well."""


class Folder:
    """The files, and which steps are done. What a broken step left behind is cut off when it is opened again."""

    def __init__(self, path, endpoint):
        self.path = path
        self.done = set()
        self.sizes = {}
        os.makedirs(path, mode=0o700, exist_ok=True)
        steps = self._read_progress()
        if not steps and os.listdir(path):
            raise Failed('%s holds other files. Choose an empty folder, or a new one.' % path)
        if not steps:
            self._write(PROGRESS, {'saved_from': endpoint})
        elif steps[0]['saved_from'] != endpoint:
            raise Failed('%s was filled from %s. Choose another folder.' % (path, steps[0]['saved_from']))
        for step in steps[1:]:
            self.done.add(step['done'])
            self.sizes.update(step['sizes'])
        for name in FILES.intersection(os.listdir(path)):
            os.truncate(self._at(name), self.sizes.get(name, 0))
        self.touched = set()

    def _at(self, name):
        return os.path.join(self.path, name)

    def _read_progress(self):
        """The steps that were noted whole. The last line is cut off when the machine went down in the middle of it."""
        if not os.path.exists(self._at(PROGRESS)):
            return []
        with open(self._at(PROGRESS), 'rb') as lines:
            whole = [line for line in lines if line.endswith(b'\n')]
        try:
            steps = [json.loads(line.decode('utf-8')) for line in whole]
            steps[0]['saved_from']
        except (ValueError, LookupError, TypeError):
            return []  # A file of somebody else's.
        os.truncate(self._at(PROGRESS), sum(len(line) for line in whole))
        return steps

    def _write(self, name, value):
        with open(self._at(name), 'ab') as file:
            file.write((json.dumps(value, ensure_ascii=False, default=to_text) + '\n').encode('utf-8', 'replace'))
            file.flush()
            os.fsync(file.fileno())

    def add(self, name, answer):
        """Writes one answer of the API as a line of the file."""
        self._write(name, {key: value for key, value in answer.items() if key != 'ResponseMetadata'})
        self.touched.add(name)

    def finish(self, step):
        """Notes that a step is done, with how long its files are now."""
        for name in self.touched:
            self.sizes[name] = os.path.getsize(self._at(name))
        self._write(PROGRESS, {'done': step, 'sizes': {name: self.sizes[name] for name in sorted(self.touched)}})
        self.touched = set()
        self.done.add(step)

    def read(self, name):
        """The answers in a file."""
        if not os.path.exists(self._at(name)):
            return
        with open(self._at(name), encoding='utf-8') as lines:
            for line in lines:
                yield json.loads(line)

    def save_bytes(self, name, source):
        """Copies an answer into a file below `files`; half a file is none."""
        os.makedirs(self._at('files'), exist_ok=True)
        part = self._at(os.path.join('files', name + '.part'))
        with open(part, 'wb') as file:
            for piece in iter(lambda: source.read(1 << 16), b''):
                file.write(piece)
            whole, came = source.headers.get('Content-Length'), file.tell()
        if whole is not None and came != int(whole):
            raise OSError('only %d of %s bytes came' % (came, whole))
        os.replace(part, part[:-len('.part')])


def to_text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    return str(value)


class Service:
    """Calls the API, and tries again for a while when that may help."""

    def __init__(self, options):
        self.tries = options.tries
        self.pause = options.pause
        self.endpoint = options.endpoint
        try:
            session = boto3.session.Session(profile_name=options.profile)
            self.client = session.client(
                'mturk', endpoint_url=options.endpoint, region_name='us-east-1',
                config=Config(retries={'max_attempts': 0}, connect_timeout=20, read_timeout=60))
        except (ProfileNotFound, ValueError) as error:
            raise Failed(str(error))

    def call(self, operation, **given):
        for attempt in range(1, self.tries + 1):
            try:
                return getattr(self.client, operation)(**given)
            except ClientError as error:
                why = self._explain(operation, error)
            except (NoCredentialsError, PartialCredentialsError) as error:
                raise Failed('There are no AWS credentials (%s). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or '
                             'name a profile with --profile.' % str(error).rstrip('.'))
            except (HTTPClientError, NotConnected) as error:
                why = 'cannot reach %s (%s)' % (self.endpoint, error)
            except BotoCoreError as error:
                raise Failed('%s: %s' % (operation, error))
            if attempt < self.tries:
                self.wait(attempt, why)
        raise Failed('%s, after %d tries. What was saved stays; run this again to go on.'
                     % (why[0].upper() + why[1:], self.tries))

    def wait(self, attempt, why):
        pause = min(LONGEST_PAUSE, self.pause * 2 ** (attempt - 1)) * random.uniform(0.5, 1)
        tell('%s; trying again in %.0f s' % (why, pause))
        time.sleep(pause)

    def _explain(self, operation, error):
        """Why it is worth to try again; raises when it is not."""
        code = error.response.get('Error', {}).get('Code', '')
        text = error.response.get('Error', {}).get('Message', '') or str(error)
        status = error.response.get('ResponseMetadata', {}).get('HTTPStatusCode', 0)
        if code in UNKNOWN_KEY:
            raise Failed('The service does not accept these AWS credentials (%s: %s). '
                         'Are they the ones of your requester account, and still active?' % (code, text))
        if code in THROTTLED:
            return 'the service asks to go slower (%s)' % code
        if status >= 500:
            return 'the service has trouble (%s %s)' % (status, code)
        if 'AccountNotLinked' in str(error.response.get('TurkErrorCode', '')) or 'need an Amazon Web Services' in text:
            raise Failed('These credentials belong to no requester account. %s' % text)
        if code in ('AccessDeniedException', 'AccessDenied'):
            raise Failed('These credentials may not call %s. Give them the policy AmazonMechanicalTurkReadOnly, and '
                         'run this again. %s' % (operation, text))
        raise Refused('%s: %s' % (code, text))

    def pages(self, operation, **given):
        """The answers of a list operation until the list ends."""
        token = None
        while True:
            page = self.call(operation, MaxResults=PAGE, **dict(given, **({'NextToken': token} if token else {})))
            yield page
            if not page.get('NextToken') or page['NextToken'] == token:
                return
            token = page['NextToken']


def tell(text):
    print('save-mturk: ' + text, file=sys.stderr, flush=True)


class Saver:
    def __init__(self, service, folder, options):
        self.service, self.folder, self.options = service, folder, options

    def run(self):
        self.once('account', lambda: self.folder.add('account.jsonl', self.service.call('get_account_balance')))
        self.once('qualification types', self.save_types)
        self.each('workers of a qualification type', self.ids('qualification-types.jsonl', 'QualificationTypes',
                                                              'QualificationTypeId'), self.save_scores)
        self.once('qualification requests', lambda: self.save_list(
            'list_qualification_requests', 'QualificationRequests', 'qualification-requests.jsonl'))
        self.once('worker blocks', lambda: self.save_list('list_worker_blocks', 'WorkerBlocks', 'worker-blocks.jsonl'))
        self.once('HITs', lambda: self.save_list('list_hits', 'HITs', 'hits.jsonl'))
        if self.options.hit_ids:
            self.each('HIT by its id', self.other_hits(), self.save_hit)
        self.each('work of a HIT', self.ids('hits.jsonl', 'HITs', 'HITId', lambda hit: not is_deleted(hit)),
                  self.save_work)

    def once(self, step, save):
        if step not in self.folder.done:
            tell(step)
            self.attempt(step, save)

    def each(self, what, ids, save):
        ids = list(dict.fromkeys(ids))
        told = time.monotonic()
        for count, found in enumerate(ids, 1):
            step = '%s %s' % (what, found)
            if step not in self.folder.done:
                self.attempt(step, lambda: save(found))
            if time.monotonic() - told > 5 or count == len(ids):
                told = time.monotonic()
                tell('%s: %d of %d' % (what, count, len(ids)))

    def attempt(self, step, save):
        """Does a step, and notes that it is done."""
        self.attempt_part(step, save)
        self.folder.finish(step)

    def attempt_part(self, what, save):
        """What the service refuses is noted, and does not stop the others."""
        try:
            save()
        except Refused as refused:
            self.note(what, refused)

    def note(self, step, problem):
        tell('%s: %s' % (step, problem))
        self.folder.add('problems.jsonl', {'step': step, 'problem': str(problem)})

    def ids(self, name, members, member, wanted=lambda entry: True):
        for answer in self.folder.read(name):
            # GetHIT answers one.
            for entry in answer[members] if members in answer else [answer[members[:-1]]]:
                if wanted(entry):
                    yield entry[member]

    def save_list(self, operation, member, name, **given):
        count = 0
        for page in self.service.pages(operation, **given):
            if page.get(member):
                count += len(page[member])
                self.folder.add(name, page)
                if count % (10 * PAGE) == 0:
                    tell('%s: %d so far' % (name, count))

    def save_types(self):
        """Each by a call of its own, which is sure to tell test and answer key."""
        for page in self.service.pages('list_qualification_types', MustBeRequestable=False, MustBeOwnedByCaller=True):
            for found in page['QualificationTypes']:
                self.folder.add('qualification-types.jsonl', self.service.call(
                    'get_qualification_type', QualificationTypeId=found['QualificationTypeId']))

    def save_scores(self, type_id):
        for status in ('Granted', 'Revoked'):
            self.save_list('list_workers_with_qualification_type', 'Qualifications', 'scores.jsonl',
                           QualificationTypeId=type_id, Status=status)

    def other_hits(self):
        """The ids in the requester's own list, without those that ListHITs told."""
        known = set(self.ids('hits.jsonl', 'HITs', 'HITId'))
        with open(self.options.hit_ids, encoding='utf-8-sig', errors='replace') as lines:
            for line in lines:
                found = re.match(r'\s*"?([A-Z0-9]{10,64})\b', line)
                if found and found.group(1) not in known:
                    yield found.group(1)

    def save_hit(self, hit_id):
        answer = self.service.call('get_hit', HITId=hit_id)
        self.folder.add('hits.jsonl', answer)
        # The work of a deleted HIT cannot be read, but its bonuses can.
        if is_deleted(answer['HIT']):
            self.save_bonuses(hit_id)

    def save_bonuses(self, hit_id):
        self.save_list('list_bonus_payments', 'BonusPayments', 'bonuses.jsonl', HITId=hit_id)

    def save_work(self, hit_id):
        self.attempt_part('assignments of HIT ' + hit_id, lambda: self.save_assignments(hit_id))
        self.attempt_part('bonuses of HIT ' + hit_id, lambda: self.save_bonuses(hit_id))
        if not self.options.without_review_results:
            self.attempt_part('review results of HIT ' + hit_id, lambda: self.save_review_results(hit_id))

    def save_assignments(self, hit_id):
        for page in self.service.pages('list_assignments_for_hit', HITId=hit_id,
                                       AssignmentStatuses=['Submitted', 'Approved', 'Rejected']):
            if page.get('Assignments'):
                self.folder.add('assignments.jsonl', page)
                if not self.options.without_files:
                    for assignment in page['Assignments']:
                        self.save_files(assignment)

    def save_review_results(self, hit_id):
        for page in self.service.pages('list_review_policy_results_for_hit', HITId=hit_id,
                                       PolicyLevels=['Assignment', 'HIT'], RetrieveActions=True, RetrieveResults=True):
            if page.get('AssignmentReviewPolicy') or page.get('HITReviewPolicy'):
                self.folder.add('review-results.jsonl', page)

    def save_files(self, assignment):
        """What a worker uploaded: its address is good for a minute only, so the file itself is fetched."""
        answer = assignment.get('Answer') or ''
        for number, part in enumerate(answer.split('<Answer>')[1:], 1):
            found = re.search(r'<QuestionIdentifier>([^<]*)</QuestionIdentifier>', part)
            if '<UploadedFileKey>' not in part or not found:
                continue
            question = html.unescape(found.group(1))
            name = '%s-%d-%s' % (assignment['AssignmentId'], number, re.sub(r'[^A-Za-z0-9_-]+', '_', question)[:60])
            self.attempt_part('file ' + name, lambda: self.save_file(assignment['AssignmentId'], question, name))

    def save_file(self, assignment_id, question, name):
        for attempt in range(1, self.service.tries + 1):
            address = self.service.call('get_file_upload_url', AssignmentId=assignment_id,
                                        QuestionIdentifier=question)['FileUploadURL']
            try:
                with urllib.request.urlopen(address, timeout=60) as source:
                    return self.folder.save_bytes(name, source)
            except (http.client.HTTPException, OSError, ValueError) as problem:
                # A file that is not there does not come later.
                if attempt == self.service.tries or getattr(problem, 'code', 500) < 500:
                    raise Refused(str(problem))
                self.service.wait(attempt, 'file %s: %s' % (name, problem))


def is_deleted(hit):
    return hit.get('HITStatus') == 'Disposed'


def read_options():
    parser = argparse.ArgumentParser(
        description='Saves what the Mechanical Turk API still tells of your requester account. It only reads.')
    parser.add_argument('folder', help='where to; a second run with the same folder goes on where the first stopped')
    parser.add_argument('--sandbox', action='store_true', help='save from the sandbox')
    parser.add_argument('--endpoint', metavar='URL', help='another server that speaks the API')
    parser.add_argument('--profile', metavar='NAME', help='the profile of ~/.aws/credentials')
    parser.add_argument('--hit-ids', metavar='FILE',
                        help='ids of HITs that you deleted, one on a line: lists do not tell them, but GetHIT may')
    parser.add_argument('--without-review-results', action='store_true', help='one call less for each HIT')
    parser.add_argument('--without-files', action='store_true', help='do not fetch files that workers uploaded')
    parser.add_argument('--tries', type=int, default=8, metavar='N', help='of each call (8)')
    parser.add_argument('--pause', type=float, default=1, metavar='SECONDS', help='before the second try (1)')
    options = parser.parse_args()
    if options.tries < 1:
        parser.error('--tries must be 1 or more')
    if options.hit_ids and not os.path.isfile(options.hit_ids):
        parser.error('there is no file %s' % options.hit_ids)
    if options.endpoint and options.sandbox:
        parser.error('--endpoint and --sandbox exclude each other')
    options.endpoint = options.endpoint or (
        SANDBOX if options.sandbox else os.environ.get('AWS_ENDPOINT_URL_MTURK') or PRODUCTION)
    return options


def main():
    options = read_options()
    try:
        service = Service(options)
        # Before there is a folder: whether anybody answers, and knows these credentials.
        service.call('get_account_balance')
        folder = Folder(options.folder, options.endpoint)
        Saver(service, folder, options).run()
    except (Failed, Refused, OSError) as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell('Stopped. Run this again with the same folder to go on.')
        return 130
    tell('All is saved in %s.' % options.folder)
    problems = sum(1 for _ in folder.read('problems.jsonl'))
    if problems:
        tell('Some things could not be saved (%d): problems.jsonl in the folder lists them.' % problems)
    return 0


if __name__ == '__main__':
    sys.exit(main())
