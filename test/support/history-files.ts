// Files as the real site writes them, by hand, with what is odd about them [websites 2.5, 2.6, 2.8].

import { resultHeader } from './result-header.ts'

const line = (...cells: string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`

const rates = ['100% (1/1)', '100% (1/1)', '0% (0/0)']
export const birds = {
  ...{ hitId: '3BIRDS00000000000000000000HIT1', typeId: '3BIRDS0000000000000000000TYPE1' },
  ...{ first: '3BIRDS000000000000000000WORK01', second: '3BIRDS000000000000000000WORK02' },
}
const birdHIT = [
  ...[birds.hitId, birds.typeId, 'Name the bird', 'Look, and name it.', 'birds, pictures', '$0.02'],
  ...[
    'Wed Nov 20 21:03:26 PST 2019',
    '3',
    'BatchId:3854719;OriginalHitTemplateId:928390870;',
    '3600',
    '259200',
  ],
  ...['Wed Nov 27 21:03:26 PST 2019', '', ''],
]

// The rows end before the two last columns of the header, as in the real files.
export const plain =
  line(
    ...resultHeader,
    'Input.image_url',
    'Answer.nothing',
    'Answer.remarks',
    'Answer.species',
    'Approve',
    'Reject',
  ) +
  line(
    ...[...birdHIT, birds.first, 'A2QSX8ZT2ABCDE', 'Approved', 'Wed Nov 20 21:10:00 PST 2019'],
    ...['Wed Nov 20 21:11:30 PST 2019', 'Sat Nov 23 21:11:30 PST 2019', 'Thu Nov 21 09:00:00 PST 2019', ''],
    ...[
      'Danke, schön!',
      '90',
      ...rates,
      'https://birds.example.org/1.jpg',
      '',
      'It said "tsee",\nthen flew 🐦',
      'Blue tit|Great tit',
    ],
  ) +
  line(
    ...[...birdHIT, birds.second, 'A3OTHER0WORKER', 'Rejected', 'Wed Nov 20 21:12:00 PST 2019'],
    ...['Wed Nov 20 21:12:05 PST 2019', 'Sat Nov 23 21:12:05 PST 2019', '', 'Thu Nov 21 09:01:00 PST 2019'],
    ...[
      'Five seconds?',
      '5',
      '0% (0/1)',
      '0% (0/1)',
      '0% (0/0)',
      'https://birds.example.org/1.jpg',
      '',
      '',
      'no',
    ],
  )

const crowdAnswers = [
  'Answer.box.boundingBoxes',
  'Answer.box.inputImageProperties.height',
  'Answer.box.inputImageProperties.width',
  'Answer.mood.label',
  'Answer.sure.on',
]
export const boxes = '[{"height":20,"label":"Bird","left":1,"top":2,"width":30}]'
const crowd =
  line(...resultHeader, ...crowdAnswers, 'Approve', 'Reject') +
  line(
    ...[
      '3CROWD00000000000000000000HIT1',
      '3CROWD0000000000000000000TYPE1',
      'Draw a box',
      'Around the bird.',
      '',
      '$1.25',
    ],
    ...['Sun Jul 05 08:00:00 PDT 2020', '1', '', '600', '86400', 'Mon Jul 06 08:00:00 PDT 2020', '', ''],
    ...['3CROWD000000000000000000WORK01', 'A2QSX8ZT2ABCDE', 'Submitted', 'Sun Jul 05 09:00:00 PDT 2020'],
    ...['Sun Jul 05 09:01:00 PDT 2020', 'Mon Jul 06 09:01:00 PDT 2020', '', '', '', '60', ...rates],
    ...[boxes, '480', '640', 'calm', 'true'],
  )

export const workers =
  line(
    'Worker ID',
    'Number of HITs approved - Lifetime',
    'CURRENT-Birder',
    'UPDATE-Birder',
    'CURRENT-BlockStatus',
    'UPDATE-BlockStatus',
  ) +
  line('A2QSX8ZT2ABCDE', '1', '85', '', 'Never Blocked', '') +
  line('A3OTHER0WORKER', '0', '', '', 'Blocked', '')

export const transactions =
  line('Date Initiated', 'Date Posted', 'Transaction Type', 'Recipient ID', 'Amount') +
  line('11/21/19', '11/22/19', 'Assignment Payment', 'A2QSX8ZT2ABCDE', '-$0.02') +
  line('11/21/19', '11/22/19', 'Assignment Payment', 'A2QSX8ZT2ABCDE', '-$0.02')

export const files = {
  'results.csv': plain,
  'crowd.csv': crowd,
  'workers.csv': workers,
  'transactions.csv': transactions,
}
