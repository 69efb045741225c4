/** An account number as it may be read over somebody's shoulder: its last four digits. */
export const maskedAccount = (number: string): string =>
  `${'*'.repeat(Math.max(0, number.length - 4))}${number.slice(-4)}`;
