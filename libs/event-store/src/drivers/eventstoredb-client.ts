import { Duplex, Readable, Writable } from 'node:stream';
import { EventStoreDBClient, SingleNodeOptions } from '@eventstore/db-client';
import { within } from '@app/kernel';
import type { Channel } from '@grpc/grpc-js';
import { EventStoreAddress } from './eventstoredb-url';
import { givenUp } from './eventstoredb-errors';

/** Milliseconds that an ended client may take to say goodbye. */
const LEAVE_WITHIN = 1_000;

/**
 * The client as it is published, without the places where it lets an error go by that nobody can catch, or goes on sending
 * after it was given up.
 */
export class NodeClient extends EventStoreDBClient {
  private static made = 0;
  private isClosed = false;
  private channel: Channel | undefined;

  constructor({ settings, channel, credentials }: EventStoreAddress) {
    // gRPC lets clients with equal settings share a connection, and with it the hundred calls that one carries, and its faults.
    const keepAliveTimeout = (settings.keepAliveTimeout ?? 0) + (NodeClient.made++ % 1_000);
    // Its overloads take one kind of settings each.
    super({ ...settings, keepAliveTimeout } as SingleNodeOptions, { ...channel }, credentials);
    // It looks for another node without being awaited: a discovery that fails meanwhile would end the process.
    const handleError = this.handleError;
    this.handleError = (client, error) => handleError(client, error).catch(() => undefined);
    // What waits for a discovery when the client is given up must not send after it.
    const getChannel = this.getChannel;
    this.getChannel = async () => {
      const found = await getChannel();
      if (this.isClosed) {
        found.close();
        throw givenUp();
      }
      return (this.channel = found);
    };
    const createStream = this.GRPCStreamCreator;
    this.GRPCStreamCreator = (Client, name, creator, cache) =>
      createStream(Client, name, async (client) => unqueued(await creator(client)), cache);
  }

  /** Lets appends go by calls of their own instead of the shared stream. */
  avoidBatches(): void {
    this.supports = async () => false;
  }

  /** Ends what is under way on it; never rejects. After it nothing is sent. */
  async close(): Promise<void> {
    this.isClosed = true;
    await within(LEAVE_WITHIN, this.dispose()).catch(() => undefined);
    this.channel?.close();
  }
}

/**
 * The client queues messages while its stream asks it to wait. When the connection is lost then, it rejects for each of them a
 * promise that nobody holds. So the stream never asks; how much may be under way is limited by whoever appends.
 */
function unqueued<T extends Readable | Writable | Duplex>(stream: T): T {
  if (stream instanceof Writable || stream instanceof Duplex) {
    const write = stream.write.bind(stream) as (...message: unknown[]) => boolean;
    stream.write = (...message: unknown[]): boolean => {
      write(...message);
      return true;
    };
  }
  return stream;
}
