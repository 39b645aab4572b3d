import { isIP, isIPv4 } from 'node:net';

/** How a socket of both versions writes an IPv4 address. */
const MAPPED = '::ffff:';

/**
 * Who an address stands for: an IPv4 address for itself, an IPv6 address for its /64, because whoever has one address of
 * those has them all. What is no address stands for everybody who sends none.
 */
export function networkOf(address: string | undefined): string {
  // Nearly all are written so, and need not be taken apart.
  const mapped = address?.startsWith(MAPPED) ? address.slice(MAPPED.length) : '';
  if (isIPv4(mapped)) return mapped;
  const version = isIP(address ?? '');
  if (address === undefined || version === 0) return 'unknown';
  if (version === 4) return address;
  const groups = groupsOf(address);
  const [high = 0, low = 0] = groups.slice(6);
  if (isMappedIpv4(groups)) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address, however it is written. */
function groupsOf(address: string): number[] {
  const [withoutZone = ''] = address.split('%', 1);
  const [head = '', tail = ''] = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1).split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** An IPv4 address in IPv6's notation, however it is written. */
function isMappedIpv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}
