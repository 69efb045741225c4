// Test code. The append that the client makes with credentials of its own per call: one call per append, errors as trailers.
import type * as grpc from '@grpc/grpc-js';
import { type AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import type { Answer, Host } from './host';
import type { ProposedEvent } from './log';
import {
  countedBytes,
  expectedOf,
  MAXIMUM_APPEND_BYTES,
  nameOf,
  proposedEvent,
  requiresLeader,
  rpcErrors,
} from './wire';

export function appendPlain(host: Host): grpc.handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, done) => {
    let options: AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    let over = false;
    const settle: grpc.sendUnaryData<AppendResp> = (error, response) => {
      if (!over) done(error, response);
      over = true;
    };
    call.on('error', () => (over = true));
    call.on('data', (message: AppendReq) => {
      try {
        if (message.hasOptions()) options = message.getOptions();
        else events.push(proposedEvent(message.getProposedMessage()!));
        if (countedBytes(events) > MAXIMUM_APPEND_BYTES) settle(rpcErrors.maximumAppendSize(MAXIMUM_APPEND_BYTES));
      } catch {
        settle(rpcErrors.handlerThrew());
      }
    });
    call.on('end', () => {
      if (over) return;
      const asked = options;
      const name = nameOf(asked?.getStreamIdentifier());
      if (!asked || !name) return settle(rpcErrors.handlerThrew());
      const expected = expectedOf(asked, asked.getRevision());
      const write = () => host.log.append(name, expected, events);
      host.submit(requiresLeader(call), write, (answer) => reply(answer, name, asked, settle));
    });
  };
}

function reply(answer: Answer, name: string, asked: AppendReq.Options, settle: grpc.sendUnaryData<AppendResp>): void {
  switch (answer.kind) {
    case 'written':
      return settle(null, new AppendResp().setSuccess(success(answer.revision, answer.position)));
    case 'wrong-expected-version':
      return settle(null, new AppendResp().setWrongExpectedVersion(wrongVersion(asked, answer.current)));
    case 'stream-deleted':
      return settle(rpcErrors.streamDeleted(name));
    case 'timeout':
      return settle(rpcErrors.timeout('Commit phase timeout.'));
    case 'not-ready':
      return settle(rpcErrors.notReady());
    case 'not-leader':
      return settle(rpcErrors.notLeader(answer.leader));
    case 'nothing':
      return;
  }
}

function success(revision: number, position: number): AppendResp.Success {
  const written = new AppendResp.Success();
  if (revision < 0) written.setNoStream(new Empty());
  else written.setCurrentRevision(String(revision));
  if (position < 0) return written.setNoPosition(new Empty());
  const place = new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return written.setPosition(place);
}

function wrongVersion(asked: AppendReq.Options, current: number | undefined): AppendResp.WrongExpectedVersion {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (asked.hasAny()) wrong.setExpectedAny(new Empty());
  else if (asked.hasStreamExists()) wrong.setExpectedStreamExists(new Empty());
  else if (asked.hasNoStream()) wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedRevision(asked.getRevision());
  return current === undefined ? wrong.setCurrentNoStream(new Empty()) : wrong.setCurrentRevision(String(current));
}
