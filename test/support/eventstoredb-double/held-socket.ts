// Test code. A connection that can be held as a stopped process holds it: open, taking nothing and answering nothing, not even
// the pings of the transport. HTTP/2 reads a plain socket inside Node, where it could not be stopped; hence this layer.
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

export class HeldSocket extends Duplex {
  private held = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly socket: Socket) {
    super();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    this.on('error', () => undefined);
  }

  hold(): void {
    this.held = true;
    this.socket.pause();
  }

  release(): void {
    this.held = false;
    const waiting = this.waiting;
    this.waiting = [];
    for (const go of waiting) go();
    this.socket.resume();
  }

  /** The other side sees the connection reset, as when a process was killed. */
  cut(): void {
    this.held = false;
    this.socket.resetAndDestroy();
    this.destroy();
  }

  override _read(): void {
    this.whenFree(() => this.socket.resume());
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.whenFree(() => this.pass([chunk], done));
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.whenFree(() =>
      this.pass(
        chunks.map(({ chunk }) => chunk),
        done,
      ),
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    this.whenFree(() => this.socket.end(done));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.waiting = [];
    this.socket.destroy();
    done(error);
  }

  private whenFree(go: () => void): void {
    if (this.held) this.waiting.push(go);
    else go();
  }

  private pass(chunks: Buffer[], done: (error?: Error | null) => void): void {
    if (this.socket.destroyed) return done();
    this.socket.cork();
    let free = true;
    for (const chunk of chunks) free = this.socket.write(chunk);
    this.socket.uncork();
    if (free) return done();
    this.socket.once('drain', done);
  }
}
