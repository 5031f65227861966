#!/usr/bin/env python3
"""Saves what the Mechanical Turk API still tells of your account, for the time when it tells nothing any more.

Needs Python 3 and boto3, and the AWS credentials that your programs used (environment, ~/.aws/credentials, --profile).

    python3 save-mturk.py my-years-at-mturk

It only reads. When it is interrupted, or says that something is missing, run it again: it goes on where it stopped, and
tries once more what failed. Each file in the folder has one answer of the API on each line, as JSON; `kempelen import`
reads them. It ends with 0 when all is saved that the service tells, 3 when something is missing that another run may
get, 1 when it had to stop. See docs/leaving-amazon.md.
"""
import argparse
import collections
import datetime
import errno
import html
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.request

# AWS takes the clients of services that have ended out of later versions. This one has it.
INSTALL = 'pip install "boto3<=1.43.11" "botocore<=1.43.11"'

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import (
        BotoCoreError, ClientError, HTTPClientError, NoCredentialsError, ParamValidationError, PartialCredentialsError,
        UnknownServiceError,
    )
    from botocore.exceptions import ConnectionError as NotConnected
    from botocore.parsers import ResponseParserError
except ImportError:
    sys.exit('save-mturk: boto3 is missing. Install it with: %s' % INSTALL)

PRODUCTION = 'https://mturk-requester.us-east-1.amazonaws.com'
SANDBOX = 'https://mturk-requester-sandbox.us-east-1.amazonaws.com'
LONGEST_PAUSE = 60
# How often a list is begun anew that breaks off in the middle.
LISTINGS = 3
# After how many failures in a row it is asked whether anybody is still there, and after how many it is given up.
IN_A_ROW, TOO_MANY = 3, 30
MISSING = 3
PROGRESS, PROBLEMS, LOCK = 'progress.jsonl', 'problems.jsonl', 'lock'
FILES = {'%s.jsonl' % name for name in (
    'account assignments bonuses hits qualification-requests qualification-types review-results scores '
    'worker-blocks').split()}
UNKNOWN_KEY = {
    'UnrecognizedClientException', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'InvalidClientTokenId',
    'ExpiredTokenException', 'ExpiredToken', 'IncompleteSignatureException', 'MissingAuthenticationTokenException',
}
THROTTLED = {'ThrottlingException', 'Throttling', 'ThrottledException', 'RequestThrottled', 'RequestThrottledException',
             'TooManyRequestsException', 'RequestLimitExceeded', 'LimitExceededException', 'SlowDown'}
# By these an entry of a list is known again when the list is read once more; others by all that they tell.
IDS = {'HIT': 'HITId', 'Assignment': 'AssignmentId', 'QualificationType': 'QualificationTypeId'}


class Failed(Exception):
    """Nothing more can be saved now; the text says why."""


class Refused(Exception):
    """The service refuses this one call, and always will; the others may go well."""


class Unanswered(Exception):
    """This one call failed. Another run may get the answer."""


class NotNow(Unanswered):
    """The service refuses this one call for a reason that may pass."""


class PageLost(Unanswered):
    """A list broke off in the middle."""


class Folder:
    """The files, and which steps are done.

    What a step wrote stays, even if it failed or was broken off: when it is done again, what is there is left out.
    """

    def __init__(self, path, endpoint):
        self.path = path
        self.done = set()
        self.tried = set()
        self.sizes = {}
        # Where in the files the entries are whose step was not done to its end, and those entries, counted.
        self.ranges = []
        self.there = {}
        self.touched = set()
        os.makedirs(path, mode=0o700, exist_ok=True)
        if set(os.listdir(path)) - {LOCK} and not self._read_progress():
            raise Failed('%s holds other files. Choose an empty folder, or a new one.' % path)
        self.lock = lock(self._at(LOCK), path)
        steps = self._read_progress()
        if steps:
            cut_half_line(self._at(PROGRESS))
        if not steps:
            self._write(PROGRESS, {'saved_from': endpoint})
        elif steps[0]['saved_from'] != endpoint:
            raise Failed('%s was filled from %s. Choose another folder.' % (path, steps[0]['saved_from']))
        for step in steps[1:]:
            self._take(step)
        self._keep_broken_off()
        self.problems = {problem['step']: problem for problem in self.read(PROBLEMS)}
        self.problems = {step: problem for step, problem in self.problems.items() if problem['problem']}

    def _at(self, name):
        return os.path.join(self.path, name)

    def _take(self, step):
        if 'done' in step:
            self.done.add(step['done'])
        else:
            self.tried.add(step['tried'])
            self.done.update(step['parts'])
            for name, size in step['sizes'].items():
                self.ranges.append((name, self.sizes.get(name, 0), size))
        self.sizes.update(step['sizes'])

    def _keep_broken_off(self):
        """Of what a step wrote that was broken off only half a line is cut off."""
        for name in sorted(FILES | {PROBLEMS}):
            if not os.path.exists(self._at(name)):
                size = 0
            else:
                size = cut_half_line(self._at(name))
            if size < self.sizes.get(name, 0):
                raise Failed('%s is shorter than when it was written: something of it was lost. Choose a new folder, '
                             'and all is saved anew.' % self._at(name))
            if name != PROBLEMS and size > self.sizes.get(name, 0):
                self.touched.add(name)
        if self.touched:
            self.leave('broken off', [])

    def _read_progress(self):
        """The steps that were noted whole; the last line is half when the machine went down in the middle of it."""
        if not os.path.exists(self._at(PROGRESS)):
            return []
        with open(self._at(PROGRESS), 'rb') as lines:
            whole = [line for line in lines if line.endswith(b'\n')]
        try:
            steps = [json.loads(line.decode('utf-8')) for line in whole]
            steps[0]['saved_from']
        except (ValueError, LookupError, TypeError):
            return []  # A file of somebody else's.
        return steps

    def _write(self, name, value):
        try:
            with open(self._at(name), 'ab') as file:
                file.write(to_line(value))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Failed('%s cannot be written: %s. What was saved stays; run this again to go on.'
                         % (self._at(name), error.strerror or error))

    def add(self, name, answer, members=None):
        """Writes one answer of the API as a line of the file; of entries of a list only those that are not there."""
        fresh = {key: value for key, value in answer.items() if key != 'ResponseMetadata'}
        if members:
            fresh[members] = [entry for entry in answer[members] if not self._is_there(name, members, entry)]
        elif self._is_there(name, None, fresh):
            return
        if not members or fresh[members]:
            self._write(name, fresh)
            self.touched.add(name)

    def _is_there(self, name, members, entry):
        if name not in self.there:
            self.there[name] = collections.Counter(self._entries_left(name))
        key = key_of(members, entry)
        if not self.there[name][key]:
            return False
        self.there[name][key] -= 1
        return True

    def _entries_left(self, name):
        for _, begin, end in [found for found in self.ranges if found[0] == name]:
            with open(self._at(name), 'rb') as lines:
                lines.seek(begin)
                while lines.tell() < end:
                    answer = json.loads(lines.readline().decode('utf-8'))
                    members = next((key for key, value in answer.items() if isinstance(value, list)), None)
                    if name == 'review-results.jsonl' or members is None:
                        yield key_of(None, answer)
                    else:
                        for entry in answer[members]:
                            yield key_of(members, entry)

    def begin_again(self, name):
        """The list that goes into a file is read from its beginning once more."""
        if name in self.touched:
            self.leave('listed again', [])
        self.there.pop(name, None)

    def finish(self, step):
        """Notes that a step is done, with how long its files are now."""
        noted = {'done': step, 'sizes': self._take_sizes()}
        self._write(PROGRESS, noted)
        self._take(noted)

    def leave(self, step, parts):
        """Notes what a step that failed has written nevertheless, and which parts of it are done."""
        noted = {'tried': step, 'parts': parts, 'sizes': self._take_sizes()}
        if noted['parts'] or noted['sizes'] or step not in self.tried:
            self._write(PROGRESS, noted)
        self._take(noted)

    def _take_sizes(self):
        sizes = {name: os.path.getsize(self._at(name)) for name in sorted(self.touched)}
        self.touched = set()
        return sizes

    def note(self, problem):
        """Keeps a problem, once."""
        if self.problems.get(problem['step']) != problem:
            self.problems[problem['step']] = problem
            self._write(PROBLEMS, problem)

    def solve(self, step):
        """Forgets the problem of a step, if there was one."""
        if self.problems.pop(step, None):
            self._write(PROBLEMS, {'step': step, 'problem': None})

    def close(self):
        """Leaves the problems that there still are, each once."""
        if self.problems:
            with open(self._at(PROBLEMS + '.part'), 'wb') as file:
                file.writelines(map(to_line, self.problems.values()))
            os.replace(self._at(PROBLEMS + '.part'), self._at(PROBLEMS))
        elif os.path.exists(self._at(PROBLEMS)):
            os.remove(self._at(PROBLEMS))

    def read(self, name):
        """The answers in a file."""
        if not os.path.exists(self._at(name)):
            return
        with open(self._at(name), encoding='utf-8') as lines:
            for line in lines:
                yield json.loads(line)

    def has_bytes(self, name):
        return os.path.exists(self._at(os.path.join('files', name)))

    def count_files(self):
        at = self._at('files')
        return sum(not name.endswith('.part') for name in os.listdir(at)) if os.path.isdir(at) else 0

    def save_bytes(self, name, source, size=None):
        """Copies an answer into a file below `files`; half a file is none. `size` is what the worker's answer tells."""
        part = self._at(os.path.join('files', name + '.part'))
        came = 0
        try:
            os.makedirs(self._at('files'), exist_ok=True)
            file = open(part, 'wb')
        except OSError as error:
            raise Failed('%s cannot be written: %s' % (part, error.strerror or error))
        with file:
            while True:
                piece = source.read(1 << 16)
                if not piece:
                    break
                try:
                    came += file.write(piece)
                except OSError as error:
                    raise Failed('%s cannot be written: %s' % (part, error.strerror or error))
        whole = source.headers.get('Content-Length')
        if whole is not None and came != int(whole):
            raise OSError('only %d of %s bytes came' % (came, whole))
        # Where the service itself says that it is all, it is kept.
        if whole is None and size is not None and came != size:
            raise OSError('%d bytes came, and the worker had sent %d' % (came, size))
        os.replace(part, part[:-len('.part')])
        return came


def lock(path, folder):
    """Keeps a second run out of a folder while this one lives."""
    file = open(path, 'a')
    try:
        if os.name == 'nt':
            import msvcrt
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some file systems of networks know no locks.
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise Failed('Another run is saving into %s. Wait for it, or choose another folder.' % folder)
    return file


def cut_half_line(path):
    """Cuts off what stands behind the last whole line; answers how long the file is then."""
    with open(path, 'rb+') as file:
        end = size = file.seek(0, os.SEEK_END)
        while end > 0:
            begin = max(0, end - (1 << 16))
            file.seek(begin)
            found = file.read(end - begin).rfind(b'\n')
            end = begin + found + 1
            if found >= 0:
                break
        if end < size:
            file.truncate(end)
        return end


def key_of(members, entry):
    """What an entry is known by: its id, or all of it."""
    if members is None and len(entry) == 1 and list(entry)[0] in IDS:
        members = list(entry)[0] + 's'
        entry = entry[members[:-1]]
    member = IDS.get((members or '')[:-1])
    if member:
        return entry[member]
    # The token of a page may be another one each time.
    told = {key: value for key, value in entry.items() if key != 'NextToken'}
    return json.dumps(told, sort_keys=True, default=to_text)


def to_line(value):
    try:
        return (json.dumps(value, ensure_ascii=False, default=to_text) + '\n').encode('utf-8')
    except UnicodeEncodeError:  # Half a character, which JSON can only spell out.
        return (json.dumps(value, default=to_text) + '\n').encode('ascii')


def to_text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    return str(value)


class Service:
    """Calls the API, and tries again for a while when that may help."""

    def __init__(self, options):
        self.tries = options.tries
        self.pause = options.pause
        self.page_size = options.page_size
        # Until somebody has answered, the address or the network may just be wrong.
        self.patience = 0
        self.in_a_row = 0
        self.endpoint = options.endpoint
        try:
            session = boto3.session.Session(profile_name=options.profile)
            self.client = session.client(
                'mturk', endpoint_url=options.endpoint, region_name='us-east-1',
                config=Config(retries={'max_attempts': 0}, connect_timeout=20, read_timeout=60))
        except UnknownServiceError:
            raise Failed('This boto3 (%s) no longer knows Mechanical Turk. Install one that does: %s'
                         % (boto3.__version__, INSTALL))
        except (BotoCoreError, ValueError) as error:
            raise Failed(str(error))

    def call(self, operation, **given):
        """The answer to a call. When several in a row fail, it may be that nobody is there any more."""
        try:
            answer = self._call(operation, given)
        except Refused:
            self.in_a_row = 0
            raise
        except Unanswered as failure:
            self.in_a_row += 1
            if self.in_a_row % IN_A_ROW == 0 and not (self.in_a_row < TOO_MANY and self._is_there()):
                raise Failed('%d calls in a row failed, the last: %s. What was saved stays; run this again to go on.'
                             % (self.in_a_row, failure))
            raise
        self.in_a_row = 0
        return answer

    def _is_there(self):
        try:
            self._call('get_account_balance', {})
        except (Unanswered, Refused):
            return False
        return True

    def _call(self, operation, given):
        began = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            is_of_all = False
            try:
                answer = getattr(self.client, operation)(**given)
                # A page that somebody else put in between has none of the members of an answer.
                if set(answer) - {'ResponseMetadata'}:
                    return answer
                why = 'the answer of %s is no answer of the API' % self.endpoint
            except ClientError as error:
                why, is_of_all = self._explain(operation, error)
            except (NoCredentialsError, PartialCredentialsError) as error:
                raise Failed('There are no AWS credentials (%s). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or '
                             'name a profile with --profile.' % str(error).rstrip('.'))
            except NotConnected as error:
                why, is_of_all = 'cannot reach %s (%s)' % (self.endpoint, error), True
            except (HTTPClientError, ResponseParserError) as error:
                why = 'cannot reach %s (%s)' % (self.endpoint, error)
            except ParamValidationError as error:
                raise Refused(str(error))
            except BotoCoreError as error:
                raise Failed('%s: %s' % (operation, error))
            if attempt >= self.tries and not (is_of_all and time.monotonic() - began < self.patience):
                problem = '%s, after %d tries' % (why[0].upper() + why[1:], attempt)
                if is_of_all:
                    raise Failed(problem + '. What was saved stays; run this again to go on.')
                raise Unanswered(problem)
            self.wait(attempt, why)

    def wait(self, attempt, why):
        pause = min(LONGEST_PAUSE, self.pause * 2 ** min(attempt - 1, 20)) * random.uniform(0.5, 1)
        tell('%s; trying again in %.0f s' % (why, pause))
        time.sleep(pause)

    def _explain(self, operation, error):
        """Why it is worth to try again, and whether every call must wait; raises when it is not."""
        metadata = error.response.get('ResponseMetadata', {})
        code = error.response.get('Error', {}).get('Code', '')
        text = error.response.get('Error', {}).get('Message', '') or str(error)
        status = metadata.get('HTTPStatusCode', 0)
        turk_code = str(error.response.get('TurkErrorCode', ''))
        if code in ('RequestTimeTooSkewed', 'RequestExpired') or re.search('Signature (expired|not yet current)', text):
            raise Failed('The clock of this machine is wrong: it says %s, and the service %s. Set it right (time zone '
                         'too), and run this again.' % (
                             datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%d %H:%M:%S UTC'),
                             metadata.get('HTTPHeaders', {}).get('date') or 'says: ' + text))
        if code in UNKNOWN_KEY:
            raise Failed('The service does not accept these AWS credentials (%s: %s). '
                         'Are they the ones of your requester account, and still active?' % (code, text))
        if code in THROTTLED or status == 429:
            return 'the service asks to go slower (%s)' % code, True
        if status >= 500 or code.startswith('RequestTimeout'):
            return 'the service has trouble (%s %s)' % (status, code), False
        if 'AccountNotLinked' in turk_code or 'need an Amazon Web Services' in text:
            raise Failed('These credentials belong to no requester account. %s' % text)
        if code in ('AccessDeniedException', 'AccessDenied'):
            raise Failed('These credentials may not call %s. Give them the policy AmazonMechanicalTurkReadOnly, and '
                         'run this again. %s' % (operation, text))
        # What is not there does not come back; of other refusals nobody knows.
        if 'DoesNotExist' in turk_code or 'does not exist' in text:
            raise Refused('%s: %s' % (code, text))
        raise NotNow('%s: %s' % (code, text))

    def pages(self, operation, **given):
        """The answers of a list operation until the list ends."""
        token = None
        while True:
            try:
                page = self.call(operation, MaxResults=self.page_size, **given)
            except (Refused, NotNow) as error:
                # The token of a page is good for a while only.
                raise PageLost(str(error)) if token else error
            yield page
            if not page.get('NextToken'):
                return
            if page['NextToken'] == token:
                raise PageLost('the list tells the same page again and again')
            token = given['NextToken'] = page['NextToken']


def tell(text):
    print('save-mturk: ' + text, file=sys.stderr, flush=True)


class Saver:
    def __init__(self, service, folder, options):
        self.service, self.folder, self.options = service, folder, options
        # Of the step under way: its parts that are done, and how many others failed.
        self.parts, self.failures = [], 0

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
        # What failed before comes last: it may fail again, and the others shall not wait for it.
        tried = self.folder.tried.copy()
        ids = sorted(dict.fromkeys(ids), key=lambda found: '%s %s' % (what, found) in tried)
        told = time.monotonic()
        for count, found in enumerate(ids, 1):
            step = '%s %s' % (what, found)
            if step not in self.folder.done:
                self.attempt(step, lambda: save(found))
            if time.monotonic() - told > 5 or count == len(ids):
                told = time.monotonic()
                tell('%s: %d of %d' % (what, count, len(ids)))

    def attempt(self, step, save):
        """Does a step, and notes that it is done, unless a part of it failed: the next run tries that part again."""
        self.parts, self.failures = [], 0
        self.attempt_part(step, save)
        if self.failures:
            self.folder.leave(step, self.parts)
        else:
            self.folder.finish(step)

    def attempt_part(self, what, save):
        """What the service refuses or cannot answer is noted, and does not stop the others."""
        if what in self.folder.done:
            return
        failures = self.failures
        try:
            save()
        except Refused as refused:
            self.note(what, refused, again=False)
        except Unanswered as failure:
            self.note(what, failure, again=True)
            self.failures += 1
        else:
            self.folder.solve(what)
        if self.failures == failures:
            self.parts.append(what)

    def note(self, step, problem, again):
        tell('%s: %s' % (step, problem))
        self.folder.note({'step': step, 'problem': str(problem), 'again': again})

    def ids(self, name, members, member, wanted=lambda entry: True):
        for answer in self.folder.read(name):
            # GetHIT answers one.
            for entry in answer[members] if members in answer else [answer[members[:-1]]]:
                if wanted(entry):
                    yield entry[member]

    def save_list(self, operation, members, name, **given):
        for page in self.listed(operation, name, **given):
            if page.get(members):
                self.folder.add(name, page, members)

    def listed(self, operation, name, **given):
        """The pages of a list; one that breaks off in the middle is read from its beginning once more."""
        for listing in range(1, LISTINGS + 1):
            try:
                for count, page in enumerate(self.service.pages(operation, **given), 1):
                    yield page
                    if count % 10 == 0:
                        tell('%s: %d pages so far' % (name, count))
                return
            except PageLost as lost:
                if listing == LISTINGS:
                    raise
                tell('%s: %s; reading the list once more' % (name, lost))
                self.folder.begin_again(name)

    def save_types(self):
        """Each by a call of its own, which is sure to tell test and answer key."""
        name = 'qualification-types.jsonl'
        for page in self.listed('list_qualification_types', name, MustBeRequestable=False, MustBeOwnedByCaller=True):
            for found in page.get('QualificationTypes', []):
                self.attempt_part('qualification type ' + found['QualificationTypeId'],
                                  lambda: self.folder.add(name, self.service.call(
                                      'get_qualification_type', QualificationTypeId=found['QualificationTypeId'])))

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
        """Each with the id of its HIT: the API does not tell it, nor do assignments where the HIT was deleted."""
        for page in self.listed('list_bonus_payments', 'bonuses.jsonl', HITId=hit_id):
            if page.get('BonusPayments'):
                bonuses = [dict(bonus, HITId=hit_id) for bonus in page['BonusPayments']]
                self.folder.add('bonuses.jsonl', dict(page, BonusPayments=bonuses), 'BonusPayments')

    def save_work(self, hit_id):
        self.attempt_part('assignments of HIT ' + hit_id, lambda: self.save_assignments(hit_id))
        self.attempt_part('bonuses of HIT ' + hit_id, lambda: self.save_bonuses(hit_id))
        if not self.options.without_review_results:
            self.attempt_part('review results of HIT ' + hit_id, lambda: self.save_review_results(hit_id))

    def save_assignments(self, hit_id):
        for page in self.listed('list_assignments_for_hit', 'assignments.jsonl', HITId=hit_id,
                                AssignmentStatuses=['Submitted', 'Approved', 'Rejected']):
            if page.get('Assignments'):
                self.folder.add('assignments.jsonl', page, 'Assignments')
                if not self.options.without_files:
                    for assignment in page['Assignments']:
                        self.save_files(assignment)

    def save_review_results(self, hit_id):
        for page in self.listed('list_review_policy_results_for_hit', 'review-results.jsonl', HITId=hit_id,
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
            size = re.search(r'<UploadedFileSizeInBytes>\s*(\d+)\s*</UploadedFileSizeInBytes>', part)
            name = '%s-%d-%s' % (assignment['AssignmentId'], number, re.sub(r'[^A-Za-z0-9_-]+', '_', question)[:60])
            self.attempt_part('file ' + name, lambda: self.save_file(
                assignment['AssignmentId'], question, name, int(size.group(1)) if size else None))

    def save_file(self, assignment_id, question, name, size):
        if self.folder.has_bytes(name):
            return
        for attempt in range(1, self.service.tries + 1):
            address = self.service.call('get_file_upload_url', AssignmentId=assignment_id,
                                        QuestionIdentifier=question)['FileUploadURL']
            try:
                with urllib.request.urlopen(address, timeout=60) as source:
                    came = self.folder.save_bytes(name, source, size)
            except (http.client.HTTPException, OSError, ValueError) as problem:
                code = getattr(problem, 'code', 500)
                if code in (404, 410):
                    raise Refused(str(problem))  # A file that is not there does not come later.
                # That it is forbidden may be because the address was too old, but hardly twice.
                if attempt == self.service.tries or (attempt > 1 and code < 500):
                    raise Unanswered('%s, after %d tries' % (problem, attempt))
                self.service.wait(attempt, 'file %s: %s' % (name, problem))
                continue
            if size is not None and came != size:
                raise Refused('the file was saved, but it has %d bytes, and the worker had sent %d' % (came, size))
            return


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
    parser.add_argument('--page-size', type=int, default=100, metavar='N',
                        help='entries that are asked for at once (100); fewer help where answers are too large')
    parser.add_argument('--patience', type=float, default=12, metavar='HOURS',
                        help='how long to wait when the network is away, or the service wants fewer calls (12)')
    options = parser.parse_args()
    if options.tries < 1:
        parser.error('--tries must be 1 or more')
    if not 1 <= options.page_size <= 100:
        parser.error('--page-size must be 1 to 100')
    if options.hit_ids and not os.path.isfile(options.hit_ids):
        parser.error('there is no file %s' % options.hit_ids)
    if options.endpoint and options.sandbox:
        parser.error('--endpoint and --sandbox exclude each other')
    options.endpoint = options.endpoint or (
        SANDBOX if options.sandbox else os.environ.get('AWS_ENDPOINT_URL_MTURK') or PRODUCTION)
    return options


def main():
    options = read_options()
    folder = None
    try:
        service = Service(options)
        # Before there is a folder: whether anybody answers, and knows these credentials.
        service.call('get_account_balance')
        service.patience = options.patience * 3600
        folder = Folder(options.folder, options.endpoint)
        try:
            Saver(service, folder, options).run()
        finally:
            folder.close()
        return report(folder, options.folder)
    except (Failed, Refused, Unanswered, OSError) as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell('Stopped. Run this again with the same folder to go on.')
        return 130


def report(folder, path):
    """Says what there is, to be compared with the account, and what is missing."""
    tell('Saved: %s.' % ', '.join('%d %s' % counted for counted in counts(folder)))
    missing = sum(1 for problem in folder.problems.values() if problem['again'])
    refused = len(folder.problems) - missing
    but = ', but for %s that the service refuses for good' % things(refused) if refused else ''
    if missing:
        tell('All but %s %s saved in %s%s. Run this again to try once more; problems.jsonl in the folder lists what is '
             'missing.' % (things(missing), 'is' if missing == 1 else 'are', path, but))
        return MISSING
    tell('All is saved in %s%s.' % (path, but + ': problems.jsonl in the folder lists it' if but else ''))
    return 0


def things(count):
    return '%d thing%s' % (count, '' if count == 1 else 's')


def counts(folder):
    for label, name, members in (
            ('HITs', 'hits.jsonl', 'HITs'), ('assignments', 'assignments.jsonl', 'Assignments'),
            ('bonuses', 'bonuses.jsonl', 'BonusPayments'),
            ('qualification types', 'qualification-types.jsonl', 'QualificationTypes'),
            ('scores', 'scores.jsonl', 'Qualifications'), ('blocks', 'worker-blocks.jsonl', 'WorkerBlocks')):
        yield sum(len(answer.get(members, [0])) for answer in folder.read(name)), label
    yield folder.count_files(), 'uploaded files'


if __name__ == '__main__':
    sys.exit(main())
