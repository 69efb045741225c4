import { randomUUID } from 'node:crypto';
import { v5, validate } from 'uuid';

/** Names under which derived ids are made. A random constant, fixed for ever: changing it would double every retried command. */
const PEITAO = '0f3d2f4e-6a52-5f0b-9d8e-5b1c7f0a9e11';

/**
 * An id that follows from its parts, so that whoever derives it again gets the same one: UUIDv5 of the parts, each preceded
 * by its length so that ('ab','c') and ('a','bc') differ.
 */
export function derivedId(...parts: (string | number | bigint)[]): string {
  return v5(parts.map((part) => `${String(part).length}:${part}`).join(''), PEITAO);
}

/** A new random id. Not for deciders: ids reach them in the command. */
export function newId(): string {
  return randomUUID();
}

export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}
