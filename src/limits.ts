// Every number that bounds something and that Amazon did not put into the service model. Amazon's business limits
// stand in the first half with the section that names them; our own limits in the second half with their reason.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Business limits of the service [hits 4]. Lengths count code points, durations are seconds. */
export const market = {
  titleLength: 128,
  descriptionLength: 2000,
  keywordsLength: 1000,
  annotationLength: 255,
  feedbackLength: 1024,
  reasonLength: 4096,
  /** Bytes of UTF-8 of a Question, Test or AnswerKey [questions 1]. */
  questionBytes: 65_535,
  /** Bytes of a layout's template; what a HIT makes of it is a Question with the limit above [questions 6.3, 8]. */
  layoutBytes: 1_048_576,
  /** NotifyWorkers: characters, and workers of one call [hits 4.2]. */
  subjectLength: 200,
  messageLength: 4096,
  notifiedWorkers: 100,
  requirements: 10,
  /** Characters of a qualification type's name [qualifications 3.1]. */
  qualificationNameLength: 200,
  assignmentDuration: { minimum: 30, maximum: 31_536_000 },
  autoApprovalDelay: { minimum: 0, maximum: 2_592_000, default: 2_592_000 },
  lifetime: { minimum: 30, maximum: 31_536_000 },
  assignments: { minimum: 1, maximum: 1_000_000_000 },
  expirationIncrement: { minimum: 60, maximum: 31_536_000 },
  blocks: 100_000,
  pageSize: 10,
  /** A HIT made with fewer assignments than this never reaches it [hits 5.7]. */
  assignmentsWithHigherFee: 10,
  /** Milliseconds within which a request token is remembered [hits 10]. */
  tokenLifetime: 24 * hour,
  /** Milliseconds after submission within which a rejection can be overridden [hits 6.2]. */
  overrideWindow: 30 * day,
  /** Milliseconds after the worker's last submission within which a bonus may be paid [hits 9.5]. */
  bonusWindow: 183 * day,
  /** Milliseconds after a HIT last became Reviewable until it is disposed of [hits 5.8]. */
  disposalAge: 120 * day,
  /** `ExpireAt` this little ahead still means "now" [hits 5.6]; milliseconds. */
  expireNowTolerance: 5 * second,
  /** HITs a worker may hold at once, and accept in one Pacific day [websites 1.13]. */
  queue: 25,
  acceptsPerDay: 3800,
  /** Characters of the address that events go to; bytes of one event document [notifications 5.2]. */
  destinationLength: 2000,
  eventDocumentBytes: 262_144,
  /** Parameters of review policies [qualifications 6, 7]; times are seconds. */
  reviewPolicy: {
    score: { minimum: 0, maximum: 101 },
    agreementScore: { minimum: 1, maximum: 100 },
    extendedAssignments: { minimum: 2, maximum: 25, default: 5 },
    extendedTime: { minimum: 60, maximum: 31_536_000 },
    questionIdBytes: 255,
    /** Characters of an answer beyond which SimplePlurality leaves it out. */
    comparedLength: 256,
    /** Details of a report on one page when nothing else is asked for. */
    pageSize: 100,
  },
  /** Milliseconds for which approved work shows as Approved before it shows as Paid [websites 1.9]. */
  approvedBeforePaid: 8 * hour,
  /** Seconds of a test, and until it can be taken again: any number that people can wait for [qualifications 3.1]. */
  testDuration: { minimum: 1, maximum: 2_147_483_647 },
  retryDelay: { minimum: 0, maximum: 2_147_483_647 },
} as const

/** Our own bounds. */
export const server = {
  /** Bytes of an API request body; Ruby's client speaks of 1 MB, so twice that is refused by nobody [wire 3.4]. */
  apiBodyBytes: 2 * 1024 * 1024,
  /** Bytes of a submitted form, and of request line and headers together [design 5]. */
  submitBodyBytes: 16 * 1024 * 1024,
  headerBytes: 64 * 1024,
  /** Bytes of a body that are read and thrown away so that the client can read the refusal; after twice as many he is cut off. */
  drainBytes: 64 * 1024 * 1024,
  /** Entries of one answer of the control API. */
  controlPage: 100,
  /** Bytes of a control API body and of an ordinary page form. */
  controlBodyBytes: 24 * 1024 * 1024,
  formBodyBytes: 256 * 1024,
  /** Pages that a worker may load at once, and workers whose loads are remembered before full buckets are dropped [websites 1.1]. */
  pages: { burst: 60, buckets: 10_000 },
  /** Entries on a page of a list, and at most when an address asks for more; characters of what is searched for. */
  lists: { entries: 20, most: 100, searchLength: 200 },
  /** Characters of refused answers that are shown once more to whoever sent them. */
  shownAnswerLength: 256 * 1024,
  /**
   * Characters of an answer that a pattern is held against, and of all answers of one submission together; patterns
   * that stay compiled. What is longer is taken in without: a pattern is a help for workers, no guarantee.
   */
  matchedLength: 100_000,
  matchedCharacters: 1_000_000,
  keptPatterns: 500,
  /** Milliseconds for which the address of a previewed task that not everybody may see is good without its worker. */
  previewLifetime: hour,
  /** Questions of which a process remembers how they are framed. */
  keptFrames: 5000,
  /** Ignored names that the log tells of one call, and characters of each. */
  toldNames: 20,
  toldNameLength: 100,
  /** Characters of an answer document that is stored. */
  answerLength: 20 * 1024 * 1024,
  /** Answers of a list that are read at once, and the characters of answers with which a page has enough. */
  answerPage: { step: 10, length: 32 * 1024 * 1024 },
  /** Milliseconds in which a call must be answered; clients give up after 30 to 60 s [wire 1.1]. */
  requestTimeout: 25 * second,
  /** Milliseconds more that a database server gets to say that it gave up. */
  answerMargin: 3 * second,
  /** Longer than any proxy keeps an idle connection, so that the proxy closes first [wire 1.1]. */
  keepAliveTimeout: 75 * second,
  /** Milliseconds for which a server that stops waits for requests that have not come whole. */
  closingPatience: 2 * second,
  /** Milliseconds for which the first answer is given again to an SDK's retry [wire 3.7]. */
  retryMemory: 15 * minute,
  /**
   * Cents of one bonus, and of one charge that the sandbox makes up: with more, a few calls fill a worker's account to
   * the last cent that can be counted, and nobody could pay him any more.
   */
  greatestPayment: 10_000_000_000n,
  /** Characters of the operator's words about a payout, and of where a worker wants his money. */
  noteLength: 1000,
  payoutDetailsLength: 1000,
  /** Cents that a deposit may bring a requester's account to, so that what returns from escrow has room beside it. */
  greatestBalance: 100_000_000_000_000n,
  /** Rows that one question of the audit answers at most: who has more problems than that reads these first. */
  auditRows: 100,
  /** Days of a worker's record that are read at once: a hundred years. */
  recordDays: 36_600,
  /** Submissions of a worker's history that one transaction looks at, and that one page of a search looks at. */
  historyPiece: 500,
  historyLook: 50_000,
  /** Batches of a worker that are read at once, and those whose requesters he can choose from in his history. */
  batchesAtOnce: 1000,
  batchesNamed: 500,
  /** Payouts that a worker is shown. */
  payoutsShown: 100,
  /** HITs or assignments one system operation works on in one transaction. */
  systemBatch: 250,
  /**
   * Questions of a review policy: each becomes up to three rows of every report, in the transaction that takes the
   * worker's answer. Programs are known to send 25.
   */
  reviewedQuestions: 1000,
  /** Write operations gathered into one commit on the embedded database. */
  groupCommit: 256,
  /** Connections of a process to PostgreSQL, at most: for those who only read, and for those who change something. */
  databaseConnections: { reading: 8, writing: 16 },
  /** How often an operation runs again after a serialization failure, a deadlock, or overdue work it met. */
  attempts: 6,
  /** Milliseconds between two looks for due work when nobody woke the timers. */
  timerInterval: second,
  /** Milliseconds between two looks for tokens and sessions past their time. */
  cleaningInterval: minute,
  /** Figures of groups and requesters [design 4]; times are milliseconds. */
  groups: {
    /** HITs that are counted at once: a group with more is counted in steps, and not anew for each look. */
    step: 5000,
    /** Groups counted in one transaction. */
    batch: 50,
    /** When more groups than a batch are out of date, a list waits for them only if the last count is so long ago. */
    staleAfter: 5 * second,
    /** Groups that are counted before the first list of a process, to which nothing is known. */
    countedAtStart: 200,
    /** A large group rests between two counts so many times as long as one takes. */
    rest: 20,
    /** Between two times that all groups are counted anew, whether or not somebody noted a change. */
    sweepInterval: 10 * minute,
    /** Rows of a table read or written at once. */
    page: 500,
    /** Between two looks at what other processes counted, and how late such a row may come to light. */
    lookInterval: second,
    lateness: 10 * second,
    /** Assignments of which the pay is made, and looked at to leave one worker's out. */
    paySamples: 101,
    payLooked: 1000,
    /** A requester's record: of so many decisions, counted so seldom; lately means so long ago. */
    decisions: 500,
    recordInterval: minute,
    lately: 30 * day,
    /** Of a worker: the groups he worked on last that his list knows, and HITs it looks at to see whether one is left. */
    doneGroups: 10_000,
    lookedAt: 10_000,
  },
  /**
   * What a worker marks and keeps, and what he is told of it; times are milliseconds. Favourites are of each kind. A look
   * goes back `overlap` behind the last one, because a group may become known a little late; `told` groups of one mail
   * are remembered for `memory`, so that none is told twice.
   */
  searches: {
    favourites: 100,
    saved: 50,
    nameLength: 100,
    shown: 20,
    lookInterval: 5 * minute,
    mailInterval: hour,
    listed: 20,
    told: 500,
    overlap: 10 * minute,
    memory: 30 * day,
  },
  /** Sign-in: failures in `window` milliseconds for one account, and for one address, behind which a whole lab may sit. */
  signIn: { failures: 10, addressFailures: 50, window: 15 * minute },
  /** Messages that a worker may write to requesters in `window` milliseconds: enough for a hard day, too few to flood a lab. */
  contact: { messages: 20, window: day },
  /** Milliseconds a session and a one-time sign-in address live. */
  sessionLifetime: 30 * day,
  /** Milliseconds for which the address of a worker's file is good [hits 7.5]. */
  fileLinkLifetime: minute,
  /** Milliseconds that a bucket has for one call: browsers and proxies wait longer for a page. */
  fileStoreTime: 15 * second,
  /** Files that a reset deletes from a bucket at once. */
  deletedAtOnce: 16,
  signInLinkLifetime: 10 * minute,
  /**
   * Accounts: characters of what people enter, milliseconds for which addresses sent to them are good, and mails to one
   * address within the window of `signIn`. Invitations are forgotten `invitationMemory` after their end.
   */
  account: {
    emailLength: 254,
    nameLength: 100,
    password: { least: 10, most: 1000 },
    confirmationLifetime: day,
    resetLifetime: 30 * minute,
    operatorResetLifetime: day,
    termsLifetime: 15 * minute,
    mails: 5,
    invitationDays: { least: 1, most: 365, usual: 14 },
    invitationsAtOnce: 1000,
    invitationMemory: 30 * day,
    /** Characters of the operator's terms, and messages on one page. */
    termsLength: 100_000,
    messagesShown: 20,
    /** Rows of a download that are read at once. */
    downloadStep: 200,
  },
  /**
   * Files of the real service: rows that are handed on together, the characters with which a batch has enough before
   * that, the characters of a row or of one entry of JSON (an answer with all that is written around it), and the cells
   * of a row; rows that are removed in one transaction. Milliseconds that a command waits for the first byte of an export: all that is to be in it is read before.
   */
  imports: {
    batch: 1000,
    batchLength: 4 * 1024 * 1024,
    entryLength: 64 * 1024 * 1024,
    cells: 100_000,
    removedAtOnce: 250,
    exportPatience: hour,
  },
  /** Derived SigV4 keys kept; the region is chosen by clients, so the cache must have an end. */
  derivedKeys: 1000,
  /**
   * Event notifications. `batch` messages of a destination are sent, for at most `batchTime`, before it is noted what
   * became of them: so many may be sent twice after a crash. A lease outlives that by one attempt. `attempts` with
   * growing pauses come to about 14 hours. `destinations` of a transport are served at once: mail servers want few
   * connections, and each worker's mailbox is a destination of its own. A look at a transport takes `lookSteps`.
   */
  notifications: {
    /** Events that the operator may let into one document at most. */
    eventsPerDocument: 10,
    batch: 20,
    batchTime: 5 * second,
    attemptTime: 10 * second,
    lease: 20 * second,
    firstPause: 2 * second,
    longestPause: hour,
    attempts: 25,
    destinations: { Email: 10, SQS: 200, SNS: 200, Webhook: 200 },
    lookSteps: 1000,
    /** Destinations of which is remembered that they failed when they were last served. */
    failingRemembered: 10_000,
    /** Milliseconds that a name's servers have to answer, so many times: less than an attempt in all. */
    lookupTime: 1500,
    lookupTries: 2,
    /** Bytes of an answer that has to be read: queues say little. */
    answerBytes: 64 * 1024,
    /** Milliseconds until the next look when more may wait than is being served. */
    busyInterval: 100,
    /** Milliseconds for which delivered messages can be looked at. */
    memory: 7 * day,
    /** Milliseconds for which dead letters can be sent again: a study that stood still over a summer is not lost. */
    deadMemory: 90 * day,
    errorLength: 500,
  },
} as const
