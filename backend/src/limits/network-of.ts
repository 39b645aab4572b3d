import { isIP } from 'node:net';

/**
 * Who an address stands for: an IPv4 address for itself, an IPv6 address for its /64, because whoever has one address of
 * those has them all. What is no address stands for everybody who sends none.
 */
export function networkOf(address: string | undefined): string {
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

/** An IPv4 address as a socket of both versions tells it: ::ffff:192.0.2.1 */
function isMappedIpv4(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}
