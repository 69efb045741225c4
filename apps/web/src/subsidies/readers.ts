import type { Role, Standing } from '../app/session';

export const holds = ({ me }: Standing, ...roles: Role[]): boolean => roles.some((role) => me?.roles.includes(role));

export const ofOffices = (standing: Standing): boolean =>
  holds(standing, 'county-officer', 'city-officer', 'county-finance', 'city-finance');

export const readsFunds = (standing: Standing): boolean => ofOffices(standing) || standing.auditor;

/** 疑点清单 and 政策重算: the city's and the auditor's. */
export const seesDoubts = (standing: Standing): boolean =>
  standing.auditor || holds(standing, 'city-officer', 'city-finance');

export const readsClaims = (standing: Standing): boolean => standing.firm || readsFunds(standing);

/** Who files and answers for a firm: not one who only looks. */
export const writesClaims = (standing: Standing): boolean =>
  standing.firm && standing.me?.party?.innerRole !== 'viewer';
