import { CommandContext } from '@app/event-store';
import { canonicalJson, derivedId, isUuid } from '@app/kernel';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { fieldError, Problem } from './problem';
import { actorOf, contextOf } from './request-context';

const IDEMPOTENCY_KEY = 'Idempotency-Key';

/**
 * The CommandContext of a write: a parameter decorator. The client makes the `Idempotency-Key` (a UUID) before it first
 * sends; a request without one is refused (400 `idempotency-key-missing`).
 *
 * The command's id is derived from the account and the key, so that nobody can meet another's command by using its key.
 * The hash is keyed: it stands in the log beside terms that are sealed, and a plain SHA-256 of a body in which only the
 * price is unknown would give the price away.
 */
export const CommandInfo = (): ParameterDecorator => (target, key, index) => {
  FromRequest()(target, key, index);
  const descriptor = Object.getOwnPropertyDescriptor(target, key!);
  const header = { name: IDEMPOTENCY_KEY, required: true, schema: { type: 'string', format: 'uuid' } } as const;
  const description = 'Made by the client before it first sends; a retry carries the same one.';
  if (descriptor)
    (ApiHeader({ ...header, description, example: EXAMPLE }) as MethodDecorator)(target, key!, descriptor);
};

const EXAMPLE = '0b9f7a52-5c0e-4a55-8f0e-6d1f6c1d9a3b';

const FromRequest = createParamDecorator((_: unknown, host: ExecutionContext): CommandContext => {
  const request = host.switchToHttp().getRequest<Request>();
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') throw badKey('idempotency-key-missing');
  if (!isUuid(key)) throw badKey('idempotency-key-malformed');
  const actor = actorOf(request);
  const { id, seals } = contextOf(request);
  const who = actor ? `account:${actor.account}` : 'public';
  const enterprise = actor?.party?.enterprise ?? '';
  const registration = actor?.party?.registration ?? '';
  const body = canonicalJson((request.body as unknown) ?? null);
  return {
    commandId: derivedId('http', who, key.toLowerCase()),
    commandHash: seals.digest('command', enterprise, registration, request.method, request.originalUrl, body),
    actor: who,
    enterprise,
    correlationId: id,
    causationId: id,
  };
});

const badKey = (code: string): Problem =>
  new Problem(400, code, { errors: [fieldError('header', IDEMPOTENCY_KEY, code)] });
