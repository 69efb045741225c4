// Test code. The stream that all appends of one client share: each request has an id, each answer names it, errors travel inside.
import type * as grpc from '@grpc/grpc-js';
import { type BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import { Code } from '@eventstore/db-client/generated/code_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { Answer, Host } from './host';
import type { Expected, ProposedEvent } from './log';
import {
  bytesOf,
  countedBytes,
  expectedOf,
  guidOf,
  identifierOf,
  MAXIMUM_APPEND_BYTES,
  nameOf,
  proposedEvent,
  requiresLeader,
  rpcErrors,
  structured,
} from './wire';

interface Batch {
  id: shared.UUID;
  name: string;
  asked: BatchAppendReq.Options;
  expected: Expected;
  events: ProposedEvent[];
}
const WRITE_TIMEOUT_MS = 2_000;
type BatchCall = grpc.ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

export function appendBatches(host: Host): (call: BatchCall) => void {
  return (call) => {
    const unfinished = new Map<string, Batch>();
    const leaderOnly = requiresLeader(call);
    let over = false;
    host.track(call);
    call.on('error', () => (over = true));
    call.on('cancelled', () => (over = true));
    const write = (response: BatchAppendResp) => {
      if (!over) call.write(response);
    };
    call.on('data', (request: BatchAppendReq) => {
      try {
        const batch = take(unfinished, request);
        if (!batch) return;
        const refusal = refusalOf(batch);
        if (refusal) {
          unfinished.delete(batch.id.getString());
          return write(response(batch).setError(refusal));
        }
        if (!request.getIsFinal()) return;
        unfinished.delete(batch.id.getString());
        if (!batch.name) throw new Error('The stream has no name.');
        host.submit(
          leaderOnly,
          () => host.log.append(batch.name, batch.expected, batch.events),
          (answer) => {
            // The server's callback throws here: not one append is refused, the whole shared stream ends.
            if (answer.kind === 'not-leader') call.emit('error', rpcErrors.notLeader(answer.leader));
            else if (answer.kind !== 'nothing') write(reply(answer, batch));
          },
        );
      } catch (error) {
        write(badRequest(request, error));
        // The server keeps what it found bad and answers once more, with an id in another form that the client does not know.
        const kept = unfinished.get(request.getCorrelationId()!.getString());
        if (kept)
          setTimeout(
            () => write(response(kept).setCorrelationId(structured(kept.id.getString())).setError(timeout())),
            WRITE_TIMEOUT_MS,
          ).unref();
      }
    });
  };
}

/** The batch with what this request adds; undefined for a request that belongs to none (its batch was refused before). */
function take(unfinished: Map<string, Batch>, request: BatchAppendReq): Batch | undefined {
  const id = request.getCorrelationId()!;
  const asked = request.getOptions();
  if (asked && !unfinished.has(guidOf(id))) {
    unfinished.set(id.getString(), {
      id,
      name: nameOf(asked.getStreamIdentifier()),
      asked,
      expected: expectedOf(asked, asked.getStreamPosition()),
      events: [],
    });
  }
  const batch = unfinished.get(id.getString());
  for (const message of batch ? request.getProposedMessagesList() : []) batch!.events.push(proposedEvent(message));
  return batch;
}

function badRequest(request: BatchAppendReq, error: unknown): BatchAppendResp {
  const detail = new shared.BadRequest().setMessage(String(error));
  return new BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(identifierOf(nameOf(request.getOptions()?.getStreamIdentifier())))
    .setError(status(Code.INVALID_ARGUMENT, 'BadRequest', detail));
}

function refusalOf(batch: Batch): Status | undefined {
  // The deadline travels with the request: what lay in a stopped server's buffers is not written after it.
  const deadline = batch.asked.getDeadline();
  if (deadline && deadline.toDate().getTime() <= Date.now()) return timeout();
  if (countedBytes(batch.events) <= MAXIMUM_APPEND_BYTES) return undefined;
  const detail = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAXIMUM_APPEND_BYTES);
  return status(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', detail);
}

function reply(answer: Exclude<Answer, { kind: 'nothing' | 'not-leader' }>, batch: Batch): BatchAppendResp {
  switch (answer.kind) {
    case 'written':
      return response(batch).setSuccess(success(answer.revision, answer.position));
    case 'wrong-expected-version': {
      const detail = wrongVersion(batch.asked, answer.current);
      return response(batch).setError(status(Code.ALREADY_EXISTS, 'WrongExpectedVersion', detail));
    }
    case 'stream-deleted': {
      const detail = new shared.StreamDeleted().setStreamIdentifier(identifierOf(batch.name));
      return response(batch).setError(status(Code.NOT_FOUND, 'StreamDeleted', detail));
    }
    case 'timeout':
      return response(batch).setError(timeout());
    case 'not-ready':
      return response(batch).setError(status(Code.OK, 'Server Is Not Ready', new Empty()));
  }
}

function response(batch: Batch): BatchAppendResp {
  return new BatchAppendResp().setCorrelationId(batch.id).setStreamIdentifier(batch.asked.getStreamIdentifier());
}

function success(revision: number, position: number): BatchAppendResp.Success {
  const written = new BatchAppendResp.Success();
  if (revision < 0) written.setNoStream(new Empty());
  else written.setCurrentRevision(String(revision));
  if (position < 0) return written.setNoPosition(new Empty());
  const place = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  return written.setPosition(place);
}

function wrongVersion(asked: BatchAppendReq.Options, current: number | undefined): shared.WrongExpectedVersion {
  const wrong = new shared.WrongExpectedVersion();
  if (asked.hasAny()) wrong.setExpectedAny(new Empty());
  else if (asked.hasStreamExists()) wrong.setExpectedStreamExists(new Empty());
  else if (asked.hasNoStream()) wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedStreamPosition(asked.getStreamPosition());
  return current === undefined
    ? wrong.setCurrentNoStream(new Empty())
    : wrong.setCurrentStreamRevision(String(current));
}

const MESSAGE_NAMES = new Map<unknown, string>([
  [shared.WrongExpectedVersion, 'event_store.client.WrongExpectedVersion'],
  [shared.StreamDeleted, 'event_store.client.StreamDeleted'],
  [shared.Timeout, 'event_store.client.Timeout'],
  [shared.MaximumAppendSizeExceeded, 'event_store.client.MaximumAppendSizeExceeded'],
  [shared.BadRequest, 'event_store.client.BadRequest'],
  [Empty, 'google.protobuf.Empty'],
]);

function timeout(): Status {
  return status(Code.DEADLINE_EXCEEDED, 'Timeout', new shared.Timeout());
}

function status(code: Code, message: string, detail: { serializeBinary(): Uint8Array }): Status {
  const any = new Any();
  any.pack(bytesOf(detail), MESSAGE_NAMES.get(detail.constructor)!);
  return new Status().setCode(code).setMessage(message).setDetails(any);
}
