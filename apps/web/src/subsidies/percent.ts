import { Decimal } from 'decimal.js';

/** A fraction such as `0.025` as people write it: 2.5%. */
export const percentText = (fraction: string): string => `${new Decimal(fraction).times(100).toFixed()}%`;
