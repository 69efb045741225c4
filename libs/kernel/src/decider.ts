/** A recorded fact. `type` is its stored name: past tense, unique over all contexts, and never renamed. */
export type Fact = { readonly type: string; readonly data: object };

/** The whole behaviour of one stream, with nothing else in the room. */
export interface Decider<State, Command, Event extends Fact> {
  readonly initial: State;
  /** Pure. Throws `Refused`; an empty list means that the command changes nothing. */
  readonly decide: (command: Command, state: State) => Event[];
  /** Pure and total: it never refuses, since the event has happened. */
  readonly evolve: (state: State, event: Event) => State;
}
