// Where mail to workers does not leave it is kept, and can be read [hits 14].
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig, type Mode } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { startServer } from '../../src/main.ts'
import { openJourney } from '../support/journey.ts'
import { startMailServer, type MailServer } from '../support/smtp.ts'

let mailServer: MailServer
beforeAll(async () => {
  mailServer = await startMailServer()
})
afterAll(() => mailServer.close())

describe.each([
  {
    name: 'demo mode with a mail server named',
    mode: 'demo' as Mode,
    settings: () => ({ KEMPELEN_SMTP_URL: mailServer.url, KEMPELEN_MAIL_FROM: 'mturk@example.org' }),
  },
  { name: 'a server without a mail server', mode: 'serve' as Mode, settings: () => ({}) },
])('$name', ({ mode, settings }) => {
  test('keeps what workers are told, and sends nothing [hits 9.5, 13, 14]', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-mail-'))
    const config = readConfig(mode, {
      PORT: '0',
      KEMPELEN_DATA: folder,
      KEMPELEN_CONTROL: '1',
      KEMPELEN_CLOCK: 'virtual',
      ...settings(),
    })
    if (Array.isArray(config)) throw new Error(config.join('\n'))
    const running = await startServer(config, createLog('error'))
    const journey = await openJourney(`http://localhost:${running.port}`)
    const laboratory = await journey.laboratory()
    const { body } = await journey.control('workers', { email: 'ears@example.org' })
    const hand = journey.hand(String(body.workerId))
    const AssignmentId = await hand.work((await laboratory.create()).HITId)
    const WorkerId = hand.workerId
    await laboratory.call('ApproveAssignment', { AssignmentId })
    await laboratory.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds: [WorkerId] })
    await laboratory.call('SendBonus', { WorkerId, AssignmentId, BonusAmount: '0.25', Reason: 'r' })
    await laboratory.call('CreateWorkerBlock', { WorkerId, Reason: 'r' })
    await running.markets.get('production')!.sender.flush()
    const mail = (await journey.control('mail')).body as unknown as { kind: string; email: string }[]
    expect(mail.map(({ kind, email }) => `${kind} ${email}`)).toEqual(
      ['block', 'bonus', 'notification'].map((kind) => `${kind} ears@example.org`),
    )
    expect((await journey.control('outbox')).body).toEqual([])
    expect(mailServer.received).toEqual([])
    await journey.close()
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  })
})
