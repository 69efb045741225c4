/** The last instant of a day in Shanghai, for what was known on it; undefined for today and later, which is now. */
export const endOfKnownDay = (day: string | undefined, today: string): string | undefined =>
  day === undefined || day >= today ? undefined : new Date(`${day}T23:59:59.999+08:00`).toISOString();
