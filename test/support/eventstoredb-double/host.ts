// Test code. What the services ask of the node that runs them.
import type * as grpc from '@grpc/grpc-js';
import type { EventLog, Outcome } from './log';

export interface Endpoint {
  host: string;
  port: number;
}

/** How an append ended as its client hears of it; `nothing`: it hears nothing. */
export type Answer =
  | Outcome
  | { kind: 'timeout' }
  | { kind: 'not-ready' }
  | { kind: 'not-leader'; leader: Endpoint }
  | { kind: 'nothing' };

/** A call that a clean stop of the node ends with an error of its own. */
export interface OpenCall {
  emit(event: 'error', error: grpc.ServiceError): boolean;
  on(event: string, listener: () => void): unknown;
}

export interface MemberView extends Endpoint {
  id: string;
  state: 'leader' | 'follower' | 'unknown' | 'shutting-down';
  alive: boolean;
}

export interface Host {
  readonly log: EventLog;
  /** How many records of the log this node shows: a follower lags. */
  visible(): number;
  onGrown(listener: () => void): () => void;
  /** Runs the write where it belongs (here, on the leader, later, never) and says how it ended. */
  submit(leaderOnly: boolean, write: () => Outcome, answer: (answer: Answer) => void): void;
  refusesRead(leaderOnly: boolean): grpc.ServiceError | undefined;
  track(call: OpenCall): void;
  members(): MemberView[];
  gossipDelayMs(): number;
}
