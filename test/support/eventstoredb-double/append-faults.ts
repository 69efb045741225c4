// Test code. What goes wrong with the next appends, in order: the half-known outcomes that a driver must survive.

/**
 * `deadline`: written, answered with DeadlineExceeded. `torn`: written, then the node's connections are cut without an answer.
 * `silence`: written, no answer ever. `deadline-unwritten`: answered with DeadlineExceeded and not written.
 */
export type AppendFault = 'deadline' | 'torn' | 'silence' | 'deadline-unwritten';

export class AppendFaults {
  private readonly planned: AppendFault[] = [];

  plan(count: number, fault: AppendFault): void {
    for (let i = 0; i < count; i++) this.planned.push(fault);
  }

  next(): AppendFault | undefined {
    return this.planned.shift();
  }

  clear(): void {
    this.planned.length = 0;
  }
}
