import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The server's connections that no request is on. Node's own closeIdleConnections passes over those that never had one,
 * which browsers open ahead of need, and a stopping process would wait for them.
 */
export class Connections {
  private readonly all = new Set<Socket>();
  private readonly busy = new Set<Socket>();
  private leaving = false;

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.all.add(socket);
      socket.once('close', () => this.all.delete(socket));
    });
    // Before whoever answers it.
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.busy.add(socket);
      if (this.leaving) response.shouldKeepAlive = false;
      response.once('close', () => this.busy.delete(socket));
    });
  }

  /**
   * From now on every answer says that its connection ends with it, so that none is idle when idle ones are closed: the
   * next request might be on its way on it.
   */
  leave(): void {
    this.leaving = true;
  }

  closeIdle(): void {
    for (const socket of this.all) if (!this.busy.has(socket)) socket.destroy();
  }

  closeAll(): void {
    for (const socket of this.all) socket.destroy();
  }
}
