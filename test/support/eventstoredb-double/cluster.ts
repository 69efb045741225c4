// Test code. Who leads, who follows, and what happens to an append on its way: forwarded, held, without a majority, refused.
import { randomUUID } from 'node:crypto';
import { AppendFaults } from './append-faults';
import type { Answer, Endpoint, Host, MemberView } from './host';
import { Lag } from './lag';
import { EventLog, type Outcome } from './log';
import { Node, type ServiceSet } from './node';
import { rpcErrors } from './wire';

/** Milliseconds, as seen on real clusters unless a test hurries them. */
export interface Timing {
  /** From a killed or resigned leader to the next one. */
  electionAfterKill: number;
  /** From a stopped (SIGSTOP) leader to the next one: nobody hears that it is gone. */
  electionAfterFreeze: number;
  /** From writing to the answer; 0 is at once, without a timer. */
  commit: number;
  /** An append that reaches no majority, or a leader that does not answer, is answered with a time-out after this. */
  commitTimeout: number;
  /** A leader without a majority gives up leading after this. */
  resignation: number;
  /** How long a follower shows less than the leader. */
  followerLag: number;
  /** A leader that returns to find another one ends with exit code 0 after this and is started again; 0: it does not. */
  truncation: number;
  /** A clean stop: so long appends are written and answered with a time-out, then so long they are refused. */
  drain: number;
}

interface HeldAppend {
  write: () => Outcome;
  answer: (answer: Answer) => void;
}

export class ClusterNode implements Host {
  readonly net: Node;
  readonly id = randomUUID();
  readonly lag = new Lag();
  refusesWrites = false;
  stopping = false;
  /** A node that returns knows nobody for a moment. */
  settling = false;
  gossipDelay = 0;

  constructor(
    private readonly cluster: Cluster,
    services: (host: Host) => ServiceSet[],
  ) {
    this.net = new Node(() => services(this));
  }

  get log(): EventLog {
    return this.cluster.log;
  }

  get endpoint(): Endpoint {
    return { host: '127.0.0.1', port: this.net.port };
  }

  visible(): number {
    return this.lag.visible;
  }

  onGrown(listener: () => void): () => void {
    return this.lag.onGrown(listener);
  }

  submit(leaderOnly: boolean, write: () => Outcome, answer: (answer: Answer) => void): void {
    this.cluster.submit(this, leaderOnly, write, answer);
  }

  refusesRead(leaderOnly: boolean) {
    if (!leaderOnly || this.cluster.leader === this) return undefined;
    const leader = this.cluster.leader;
    return leader && !this.settling ? rpcErrors.notLeader(leader.endpoint) : rpcErrors.notReady();
  }

  track(call: Parameters<Host['track']>[0]): void {
    this.net.track(call);
  }

  members(): MemberView[] {
    return this.cluster.membersAsSeenBy(this);
  }

  gossipDelayMs(): number {
    return this.gossipDelay;
  }
}

export class Cluster {
  readonly log = new EventLog();
  readonly nodes: ClusterNode[];
  readonly faults = new AppendFaults();
  leader?: ClusterNode;
  /** Appends that the last leader took and could not commit: it writes them if it leads again; another leader drops them. */
  private uncommitted: HeldAppend[] = [];
  private lastLeader?: ClusterNode;
  /** All have noticed that nobody leads. */
  private bewildered = false;
  private election?: NodeJS.Timeout;
  /** Byte up to which the log is committed, not only written. */
  private committed = 0;
  private readonly committing: (() => void)[] = [];
  private commitScheduled = false;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    count: number,
    readonly timing: Timing,
    services: (host: Host) => ServiceSet[],
  ) {
    this.nodes = Array.from({ length: count }, () => new ClusterNode(this, services));
    for (const node of this.nodes) node.lag.behindBy({ ms: count > 1 ? timing.followerLag : 0 });
    this.log.onWritten(() => this.spread());
    this.lead(this.nodes[0]!);
  }

  submit(at: ClusterNode, leaderOnly: boolean, write: () => Outcome, answer: (answer: Answer) => void): void {
    const { leader } = this;
    if (at.refusesWrites || at.settling || !leader) return answer({ kind: 'not-ready' });
    if (leader !== at && leaderOnly) return answer({ kind: 'not-leader', leader: leader.endpoint });
    if (!leader.net.healthy || !this.hasMajority()) return this.hold(write, answer);
    const fault = this.faults.next();
    if (fault === 'deadline-unwritten') return answer({ kind: 'timeout' });
    const outcome = write();
    if (fault === 'torn') at.net.cutConnections();
    if (fault === 'deadline' || at.stopping) return answer({ kind: 'timeout' });
    if (fault !== undefined) return answer({ kind: 'nothing' });
    this.commit(outcome, answer);
  }

  /** To be called after every change of a node's health. */
  reconsider(): void {
    const { leader } = this;
    // A stopped process that is alone does not know that time has passed.
    if (this.nodes.length === 1 && leader?.net.frozen) return;
    if (leader?.net.healthy && this.hasMajority()) {
      this.cancelElection();
      return this.commitHeld();
    }
    if (this.election) return;
    if (leader && !leader.net.up) this.forget();
    if (!this.hasMajority()) {
      if (leader) this.election = this.later(this.timing.resignation, () => this.depose());
      return;
    }
    const delay = leader?.net.frozen ? this.timing.electionAfterFreeze : this.timing.electionAfterKill;
    if (leader?.net.frozen) this.later(delay * 0.9, () => leader.net.frozen && this.leader === leader && this.forget());
    this.election = this.later(delay, () => this.elect());
  }

  /** The leader resigns for this node, as the operators' command makes it. */
  changeLeader(to: ClusterNode): void {
    this.cancelElection();
    this.forget();
    this.election = this.later(this.timing.electionAfterKill, () => this.elect(to));
  }

  membersAsSeenBy(viewer: ClusterNode): MemberView[] {
    return this.nodes.map((node) => ({
      ...node.endpoint,
      id: node.id,
      alive: node.net.up && !(node.net.frozen && this.leader !== node),
      state: node.stopping
        ? 'shutting-down'
        : this.bewildered || viewer.settling || node.settling
          ? 'unknown'
          : this.leader === node
            ? 'leader'
            : 'follower',
    }));
  }

  later(ms: number, then: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      then();
    }, ms).unref();
    this.timers.add(timer);
    return timer;
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const node of this.nodes) node.lag.close();
  }

  /**
   * A repeated append that meets the first one while that is being committed is answered with a time-out, late; alone or after
   * it, with the first result.
   */
  private commit(outcome: Outcome, answer: (answer: Answer) => void): void {
    if (outcome.kind !== 'written') return answer(outcome);
    if (outcome.repeated && outcome.position > this.committed) {
      return void this.later(this.timing.commitTimeout, () => answer({ kind: 'timeout' }));
    }
    if (outcome.repeated) return answer(outcome);
    if (this.timing.commit === 0) answer(outcome);
    else this.committing.push(() => answer(outcome));
    if (this.commitScheduled) return;
    this.commitScheduled = true;
    if (this.timing.commit === 0) setImmediate(() => this.committedAll());
    else this.later(this.timing.commit, () => this.committedAll());
  }

  private committedAll(): void {
    this.commitScheduled = false;
    this.committed = this.log.end;
    for (const answer of this.committing.splice(0)) answer();
  }

  private hasMajority(): boolean {
    return this.nodes.filter((node) => node.net.healthy).length > this.nodes.length / 2;
  }

  private hold(write: () => Outcome, answer: (answer: Answer) => void): void {
    const held: HeldAppend = { write, answer };
    this.uncommitted.push(held);
    this.later(this.timing.commitTimeout, () => {
      held.answer({ kind: 'timeout' });
      held.answer = () => undefined;
    });
  }

  private commitHeld(): void {
    for (const { write, answer } of this.uncommitted.splice(0)) answer(write());
    this.committed = this.log.end;
  }

  private elect(preferred?: ClusterNode): void {
    this.election = undefined;
    const healthy = this.nodes.filter((node) => node.net.healthy && !node.stopping);
    const chosen = [preferred, this.lastLeader, ...healthy].find((node) => node && healthy.includes(node));
    if (!chosen || !this.hasMajority()) return this.reconsider();
    if (chosen !== this.lastLeader) this.uncommitted = [];
    this.lead(chosen);
    this.commitHeld();
  }

  private lead(node: ClusterNode): void {
    this.leader = node;
    this.bewildered = false;
    this.lastLeader = node;
    this.log.beginEpoch();
    this.spread();
  }

  private depose(): void {
    this.election = undefined;
    this.forget();
    this.reconsider();
  }

  /** For a moment the others still call themselves followers, and a client settles on one of them. */
  private forget(): void {
    this.leader = undefined;
    this.later(this.timing.electionAfterKill / 2, () => (this.bewildered = this.leader === undefined));
  }

  private cancelElection(): void {
    if (this.election) clearTimeout(this.election);
    this.election = undefined;
  }

  private spread(): void {
    for (const node of this.nodes) {
      if (node === this.leader) node.lag.showAll(this.log.length);
      else node.lag.follow(this.log.length);
    }
  }
}
