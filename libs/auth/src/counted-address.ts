import { isIPv6 } from 'node:net';

/**
 * The form in which an address is counted. One machine holds a whole /64 of IPv6 (RFC 4291, 2.5.1), so that is what counts;
 * IPv4 counts by itself, also where it comes mapped into IPv6. What is no address counts as it is.
 */
export function countedAddress(address: string): string {
  if (!isIPv6(address)) return address;
  // The URL parser shortens every spelling alike; a zone is of this machine and says nothing of the sender.
  const text = new URL(`http://[${address.split('%', 1)[0]!}]`).hostname.slice(1, -1);
  const [left, right] = text.split('::').map((half) => half.split(':').filter(Boolean)) as [string[], string[]?];
  const zeros = new Array<string>(right ? 8 - left.length - right.length : 0).fill('0');
  const groups = [...left, ...zeros, ...(right ?? [])];
  if (groups.slice(0, 6).join() === '0,0,0,0,0,ffff') {
    const bytes = groups.slice(6).flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
    return bytes.join('.');
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
