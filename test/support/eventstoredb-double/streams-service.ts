// Test code. The Streams service of one node. Subscriptions to one stream are not here: nothing in this repository makes one.
import * as grpc from '@grpc/grpc-js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { appendBatches } from './append-batches';
import { appendPlain } from './append-plain';
import { deleteStream, tombstoneStream } from './deleting';
import type { Host } from './host';
import type { ServiceSet } from './node';
import { readAll, readStream } from './reading';
import { filterOf, Subscription } from './subscription';
import { bytesOf, type ReadAnswer, requiresLeader, rpcError, rpcErrors } from './wire';

/** Reads answer with bytes where a record was encoded before. */
const definition = {
  ...StreamsService,
  read: {
    ...StreamsService.read,
    responseSerialize: (answer: ReadAnswer) => (Buffer.isBuffer(answer) ? answer : bytesOf(answer)),
  },
};

export function streamsService(host: Host): ServiceSet {
  return {
    definition,
    implementation: {
      read: (call: grpc.ServerWritableStream<ReadReq, ReadAnswer>) => read(host, call),
      append: appendPlain(host),
      batchAppend: appendBatches(host),
      delete: deleteStream(host),
      tombstone: tombstoneStream(host),
    },
  };
}

function read(host: Host, call: grpc.ServerWritableStream<ReadReq, ReadAnswer>): void {
  const refusal = host.refusesRead(requiresLeader(call));
  if (refusal) return void call.emit('error', refusal);
  host.track(call);
  try {
    answerRead(host, call);
  } catch {
    call.emit('error', rpcErrors.handlerThrew());
  }
}

function answerRead(host: Host, call: grpc.ServerWritableStream<ReadReq, ReadAnswer>): void {
  const options = call.request.getOptions()!;
  const all = options.getAll();
  if (options.hasSubscription()) {
    if (!all) return void call.emit('error', rpcError(grpc.status.UNIMPLEMENTED, 'Not part of the double'));
    const filter = options.hasFilter() ? filterOf(options.getFilter()!) : undefined;
    void new Subscription(call, host, filter, all).run();
  } else {
    const read = all ? readAll : readStream;
    void read(host.log, host.visible(), options, call).catch(() => call.emit('error', rpcErrors.handlerThrew()));
  }
}
