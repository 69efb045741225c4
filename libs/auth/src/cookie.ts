import { Refused } from '@app/kernel';
import type { Request, Response } from 'express';
import { AuthSettings } from './auth-settings';

/** The prefix makes browsers take it only with Secure, for this host alone, and for every path: no neighbour can plant it. */
export const COOKIE = '__Host-peitao';
const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

/** An id as Sessions makes them; anything else in the cookie is nobody's. */
export function cookieOf(request: Request): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** Without an end of its own: the browser drops it when it closes, the server when the session is over. */
export const giveCookie = (response: Response, id: string): void => void response.cookie(COOKIE, id, ATTRIBUTES);

export const takeCookie = (response: Response): void => void response.clearCookie(COOKIE, ATTRIBUTES);

/**
 * Browsers drop the cookie on plain HTTP anywhere but on this machine, and the person would be signed out again without a
 * word. Refuses `https-needed` before a password is looked at.
 */
export function needsHttps(request: Request, settings: AuthSettings): void {
  const here = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(request.get('host') ?? '');
  const behind = settings.origins.some((origin) => origin === `https://${request.get('host')}`);
  if (!here && !behind && !request.secure) throw new Refused('https-needed');
}
