import type { Config } from '../config.ts'
import type { Environment } from '../domain/market-settings.ts'
import type { Market } from '../market.ts'
import { amazonHosts } from '../wire/amazon-hosts.ts'

/** The market of a name; undefined when this server has none. Without a name it is the first. */
export function marketNamed(
  markets: ReadonlyMap<Environment, Market>,
  name: string | undefined,
): Market | undefined {
  return name === undefined ? markets.values().next().value : markets.get(name as Environment)
}

/** The market that a Host name means: the sandbox's own name and Amazon's, else the first. `port` is what port 0 became. */
export function marketFinder(
  config: Pick<Config, 'publicURL' | 'sandboxURL'>,
  markets: ReadonlyMap<Environment, Market>,
  port: () => number,
): (host: string) => Market {
  const first = markets.values().next().value!
  const sandbox = markets.get('sandbox') ?? first
  const production = markets.get('production') ?? first
  const sandboxHost = new URL(config.sandboxURL).host
  const publicHost = new URL(config.publicURL).host
  // Port 0 is whatever port the system chose.
  const isAt = (name: string, host: string) => name === host.replace(/:0$/, `:${port()}`)
  return (host) => {
    const name = host.toLowerCase()
    if (isAt(name, publicHost)) return first
    const bare = name.replace(/:\d+$/, '')
    if (isAt(name, sandboxHost) || bare === amazonHosts.sandbox || bare.startsWith('workersandbox.'))
      return sandbox
    if (bare === amazonHosts.production) return production
    return first
  }
}
