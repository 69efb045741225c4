// Test code. Deletions, soft and for good.
import type * as grpc from '@grpc/grpc-js';
import {
  type DeleteReq,
  DeleteResp,
  type TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb';
import type { Answer, Host } from './host';
import { expectedOf, nameOf, requiresLeader, rpcErrors } from './wire';

/** The server's numbers for what is not a revision. */
const EXPECTED: Record<string, string> = { no_stream: '-1', any: '-2', stream_exists: '-4' };

export function deleteStream(host: Host): grpc.handleUnaryCall<DeleteReq, DeleteResp> {
  return (call, done) => {
    remove(host, call, 'soft', (error, position) => {
      if (position === undefined) return done(error);
      const place = new DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
      done(null, new DeleteResp().setPosition(place));
    });
  };
}

export function tombstoneStream(host: Host): grpc.handleUnaryCall<TombstoneReq, TombstoneResp> {
  return (call, done) => {
    remove(host, call, 'hard', (error, position) => {
      if (position === undefined) return done(error);
      const place = new TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
      done(null, new TombstoneResp().setPosition(place));
    });
  };
}

function remove(
  host: Host,
  call: grpc.ServerUnaryCall<DeleteReq | TombstoneReq, unknown>,
  how: 'soft' | 'hard',
  done: (error: grpc.ServiceError | null, position?: string) => void,
): void {
  const asked = call.request.getOptions()!;
  const name = nameOf(asked.getStreamIdentifier());
  const expected = expectedOf(asked, asked.getRevision());
  const write = () => host.log.delete(name, expected, how);
  host.submit(requiresLeader(call), write, (answer: Answer) => {
    switch (answer.kind) {
      case 'written':
        return done(null, String(answer.position));
      case 'wrong-expected-version':
        return done(
          rpcErrors.wrongExpectedVersion('Delete', name, EXPECTED[expected] ?? String(expected), answer.current ?? -1),
        );
      case 'stream-deleted':
        return done(rpcErrors.streamDeleted(name));
      case 'timeout':
        return done(rpcErrors.timeout('Commit phase timeout.'));
      case 'not-ready':
        return done(rpcErrors.notReady());
      case 'not-leader':
        return done(rpcErrors.notLeader(answer.leader));
      case 'nothing':
        return;
    }
  });
}
