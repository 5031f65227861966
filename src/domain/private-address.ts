// Which hosts and addresses lie within a private network, this machine among them: what a stranger names as a
// destination must not lead there.

/** Whether a host name or address as a URL spells it lies within a private network, or on this machine. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$|\.+$/g, '')
  if (host === 'localhost' || /\.(localhost|local|internal)$/.test(host)) return true
  return /^[\d.]+$/.test(host) || host.includes(':') ? isPrivateAddress(host) : false
}

const privateV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.0\.|^198\.1[89]\.|^(22[4-9]|2[3-5]\d)\./

/** Whether an IP address is one that only a private network, or this machine, answers for. */
export function isPrivateAddress(address: string): boolean {
  if (!address.includes(':')) return privateV4.test(address)
  const groups = groupsOf(address)
  const carried = carriedV4(groups)
  if (carried !== undefined) return privateV4.test(carried)
  const [first = 0, second = 0, third = 0] = groups
  // ::, ::1, and all else below ::/64; unique local; link local and site local; multicast.
  if (groups.slice(0, 4).every((group) => group === 0)) return true
  if ((first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80 || first >= 0xff00) return true
  // A network's own translation to IPv4, and tunnels to hosts behind one.
  return (first === 0x64 && second === 0xff9b && third === 1) || (first === 0x2001 && second === 0)
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [plain = ''] = address.split('%')
  const hexadecimal = plain.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.map(Number) as [number, number, number, number]
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [left = [], right = []] = hexadecimal
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))))
  return [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right]
}

/** The IPv4 address that an IPv6 one stands for: mapped (::ffff:0:0/96), translated (64:ff9b::/96), 6to4 (2002::/16). */
function carriedV4(groups: readonly number[]): string | undefined {
  const head = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':')
  const at =
    head === '0:0:0:0:0:ffff' || head === '64:ff9b:0:0:0:0' ? 6 : groups[0] === 0x2002 ? 1 : undefined
  if (at === undefined) return undefined
  const [high = 0, low = 0] = groups.slice(at)
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}
