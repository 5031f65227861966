import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('calls are counted by status, and reading the figures changes nothing [design 7]', async () => {
  const metrics = createMetrics()
  for (const status of [200, 400, 200]) metrics.countCall(status)
  const counts = async () => (await metrics.text()).match(/^kempelen_api_calls_total.*$/gm)
  const three = ['kempelen_api_calls_total{status="200"} 2', 'kempelen_api_calls_total{status="400"} 1']
  expect(await counts()).toEqual(three)
  expect(await counts()).toEqual(three)
  metrics.countCall(400)
  expect(await counts()).toEqual([three[0], 'kempelen_api_calls_total{status="400"} 2'])
})
