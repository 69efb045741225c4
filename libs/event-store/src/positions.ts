import { Position } from './event-store';

/** Positions of the drivers that number the log 1, 2, 3, ...: decimal strings. */
export const positionOf = (place: number | bigint | string): Position => String(place) as Position;

/** 0 for the beginning. Throws TypeError for a position of some other kind of store. */
export function placeOf(position: Position | undefined): bigint {
  if (position === undefined) return 0n;
  if (!/^[1-9]\d{0,17}$/.test(position)) throw new TypeError(`no position of this store: ${position}`);
  return BigInt(position);
}

export function comparePositions(a: Position, b: Position): number {
  const difference = placeOf(a) - placeOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
