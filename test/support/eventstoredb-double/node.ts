// Test code. One node on the network: its port, its connections, and what a process can suffer: stopped, killed, frozen.
import * as grpc from '@grpc/grpc-js';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { OpenCall } from './host';
import { HeldSocket } from './held-socket';

export interface ServiceSet {
  definition: grpc.ServiceDefinition;
  implementation: grpc.UntypedServiceImplementation;
}

/** The server's own limit: on one connection the 101st call waits in silence. */
const CALLS_PER_CONNECTION = 100;
const LARGEST_MESSAGE_BYTES = 17 * 1024 * 1024;

export class Node {
  private listener?: NetServer;
  private grpcServer?: grpc.Server;
  private readonly connections = new Set<HeldSocket>();
  private readonly openCalls = new Set<OpenCall>();
  private readonly arrivedWhileFrozen: Socket[] = [];
  private inject: (connection: HeldSocket) => void = () => undefined;
  private isFrozen = false;
  port = 0;

  constructor(private readonly services: (node: Node) => ServiceSet[]) {}

  get up(): boolean {
    return this.listener !== undefined;
  }

  get frozen(): boolean {
    return this.isFrozen;
  }

  get healthy(): boolean {
    return this.up && !this.frozen;
  }

  async listen(port: number): Promise<void> {
    const server = new grpc.Server({
      'grpc.max_concurrent_streams': CALLS_PER_CONNECTION,
      'grpc.max_receive_message_length': LARGEST_MESSAGE_BYTES,
      'grpc.max_send_message_length': -1,
    });
    for (const { definition, implementation } of this.services(this)) server.addService(definition, implementation);
    const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    this.inject = (connection) => injector.injectConnection(connection);
    const listener = createServer((socket) => this.accept(socket));
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    this.grpcServer = server;
    this.listener = listener;
    this.port = (listener.address() as { port: number }).port;
  }

  /** A call that a clean stop ends with a status of its own. */
  track(call: OpenCall): void {
    this.openCalls.add(call);
    const forget = () => this.openCalls.delete(call);
    call.on('close', forget);
    call.on('finish', forget);
    call.on('cancelled', forget);
  }

  endCalls(error: () => grpc.ServiceError): void {
    for (const call of this.openCalls) call.emit('error', error());
    this.openCalls.clear();
  }

  cutConnections(): void {
    for (const connection of this.connections) connection.cut();
    for (const socket of this.arrivedWhileFrozen.splice(0)) socket.resetAndDestroy();
  }

  /** As kill -9: every connection is reset and the port refuses. */
  async kill(): Promise<void> {
    const listener = this.listener;
    this.listener = undefined;
    this.isFrozen = false;
    this.openCalls.clear();
    this.cutConnections();
    this.grpcServer?.forceShutdown();
    if (listener) await new Promise((resolve) => listener.close(resolve));
  }

  /** As SIGSTOP: the kernel still takes connections, the process answers none. */
  freeze(): void {
    this.isFrozen = true;
    for (const connection of this.connections) connection.hold();
  }

  thaw(): void {
    if (!this.isFrozen) return;
    this.isFrozen = false;
    for (const connection of this.connections) connection.release();
    for (const socket of this.arrivedWhileFrozen.splice(0)) this.accept(socket);
  }

  private accept(socket: Socket): void {
    if (this.isFrozen) {
      socket.pause();
      socket.on('error', () => undefined);
      this.arrivedWhileFrozen.push(socket);
      return;
    }
    const connection = new HeldSocket(socket);
    this.connections.add(connection);
    connection.on('close', () => this.connections.delete(connection));
    this.inject(connection);
  }
}
