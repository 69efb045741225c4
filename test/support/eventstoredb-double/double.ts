// Test code. The double as its users hold it: its address, and the controls with which to be unpleasant.
import type { AppendFault } from './append-faults';
import { Cluster, type ClusterNode, type Timing } from './cluster';
import { gossipService, serverFeaturesService } from './cluster-services';
import { streamsService } from './streams-service';
import { rpcErrors } from './wire';

export interface DoubleOptions {
  nodes?: 1 | 3;
  /** Of the first node; the others take the next ones. Without it the system chooses. */
  port?: number;
  timing?: Partial<Timing>;
}

const TIMING: Timing = {
  electionAfterKill: 1_000,
  electionAfterFreeze: 5_500,
  commit: 0,
  commitTimeout: 2_600,
  resignation: 2_000,
  followerLag: 3,
  truncation: 0,
  drain: 100,
};
const SETTLING_MS = 300;
const SUPERVISOR_MS = 1_000;
/** Time for what was written to a connection to leave it before it is cut. */
const FLUSH_MS = 20;

export type Double = Awaited<ReturnType<typeof startDouble>>;

export async function startDouble(options: DoubleOptions = {}) {
  const count = options.nodes ?? 1;
  const cluster = new Cluster(count, { ...TIMING, ...options.timing }, (host) => [
    streamsService(host),
    gossipService(host),
    serverFeaturesService(),
  ]);
  for (const [i, { net }] of cluster.nodes.entries()) await net.listen(options.port ? options.port + i : 0);
  const seeds = cluster.nodes.map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`).join(',');
  return new RunningDouble(`esdb://${seeds}?tls=false`, cluster);
}

class RunningDouble {
  private ledWhenFrozen?: ClusterNode;

  constructor(
    /** One node: its address. Three: all seeds, so that a client discovers the leader. */
    readonly url: string,
    private readonly cluster: Cluster,
  ) {}

  get ports(): number[] {
    return this.cluster.nodes.map(({ endpoint }) => endpoint.port);
  }

  /** Index of the leading node; undefined while there is none. */
  get leader(): number | undefined {
    const index = this.cluster.nodes.findIndex((node) => node === this.cluster.leader);
    return index < 0 ? undefined : index;
  }

  /** Address of one node alone. */
  urlOf(i: number): string {
    return `esdb://127.0.0.1:${this.node(i).endpoint.port}?tls=false`;
  }

  /** Ends the double; its log is gone. */
  async stop(): Promise<void> {
    this.cluster.close();
    await Promise.all(this.cluster.nodes.map(({ net }) => net.kill()));
  }

  /** As kill -9 of a node: connections reset, port closed, the log kept. */
  async kill(i: number): Promise<void> {
    const killed = this.node(i).net.kill();
    this.cluster.reconsider();
    await killed;
  }

  /** A clean stop: appends under way are written and answered with DeadlineExceeded, then refused; open calls end with code 13. */
  async stopNode(i: number): Promise<void> {
    const node = this.node(i);
    node.stopping = true;
    await this.pause(this.cluster.timing.drain);
    node.refusesWrites = true;
    await this.pause(this.cluster.timing.drain);
    node.net.endCalls(rpcErrors.stopped);
    await this.pause(FLUSH_MS);
    node.stopping = false;
    node.refusesWrites = false;
    await this.kill(i);
  }

  /** The node comes back on its port with the log as it is now. */
  async startNode(i: number): Promise<void> {
    const node = this.node(i);
    if (node.net.up) return;
    await node.net.listen(node.endpoint.port);
    this.settle(node);
    this.cluster.reconsider();
  }

  /** As SIGSTOP: its connections stay, new ones are taken by nobody, nothing is answered. */
  freeze(i: number): void {
    const node = this.node(i);
    if (this.cluster.leader === node) this.ledWhenFrozen = node;
    node.net.freeze();
    this.cluster.reconsider();
  }

  /** As SIGCONT. */
  thaw(i: number): void {
    const node = this.node(i);
    const deposed = node.net.frozen && node === this.ledWhenFrozen && this.cluster.leader !== node;
    node.net.thaw();
    if (this.cluster.leader !== node) this.settle(node);
    if (deposed && this.cluster.timing.truncation > 0) {
      this.cluster.later(this.cluster.timing.truncation, () => void this.restart(i));
    }
    this.cluster.reconsider();
  }

  /** Resets the connections of one node or of all; their ports stay open. */
  cutConnections(i?: number): void {
    for (const node of this.nodesOf(i)) node.net.cutConnections();
  }

  /** The leader resigns; this node leads after an election. */
  changeLeader(i: number): void {
    this.cluster.changeLeader(this.node(i));
  }

  /** Kills all nodes but the leader; resolves with those killed. */
  async loseMajority(): Promise<number[]> {
    const leader = this.leader ?? 0;
    const others = this.cluster.nodes.map((_, i) => i).filter((i) => i !== leader);
    await Promise.all(others.map((i) => this.kill(i)));
    return others;
  }

  /** What happens to the next appends; by default they are written and answered with DeadlineExceeded. */
  answerWithErrorAfterWriting(count: number, fault: AppendFault = 'deadline'): void {
    this.cluster.faults.plan(count, fault);
  }

  /** Appends at this node are answered with "Server Is Not Ready" until it is made ready again. */
  notReady(i: number, ready: 'ready' | 'not-ready' = 'not-ready'): void {
    this.node(i).refusesWrites = ready === 'not-ready';
  }

  /** Followers show the log so many milliseconds or events late. */
  staleReads(lag: { ms?: number; events?: number }): void {
    for (const node of this.cluster.nodes) node.lag.behindBy(lag);
  }

  slowGossip(ms: number, i?: number): void {
    for (const node of this.nodesOf(i)) node.gossipDelay = ms;
  }

  /** Ends the open subscriptions, reads and batch streams, as a lost node (`unavailable`) or a clean stop does. */
  endCalls(how: 'unavailable' | 'stopped', i?: number): void {
    for (const node of this.nodesOf(i)) node.net.endCalls(rpcErrors[how]);
  }

  /** What a supervisor does that restarts always. */
  private async restart(i: number): Promise<void> {
    await this.stopNode(i);
    await this.pause(SUPERVISOR_MS);
    await this.startNode(i);
  }

  private settle(node: ClusterNode): void {
    if (this.cluster.nodes.length === 1) return;
    node.settling = true;
    this.cluster.later(SETTLING_MS, () => (node.settling = false));
  }

  private nodesOf(i?: number): ClusterNode[] {
    return i === undefined ? this.cluster.nodes : [this.node(i)];
  }

  private node(i: number): ClusterNode {
    const node = this.cluster.nodes[i];
    if (!node) throw new RangeError(`The double has no node ${i}.`);
    return node;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.cluster.later(ms, resolve));
  }
}
