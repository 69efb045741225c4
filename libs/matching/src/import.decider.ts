import { Decider, Party, Refused } from '@app/kernel';

// What was taken over from a file, and how far the taking has come. The rows themselves are staged beside the log; what they
// said stands in the events of their listings and products.

export const IMPORT_KINDS = ['demand', 'promotion'] as const;
export type ImportedKind = (typeof IMPORT_KINDS)[number];

export type ImportCommand =
  | { type: 'BeginImport'; import: string; kind: ImportedKind; by: Party; catalogue: string; at: string }
  /** The rows of the file from one to another, both included. */
  | { type: 'RecordImportPart'; from: number; to: number; taken: number; refused: number; at: string }
  | { type: 'EndImport'; at: string };

export type ImportEvent =
  | { type: 'ImportBegun'; data: { import: string; kind: ImportedKind; by: Party; catalogue: string; at: string } }
  | { type: 'ImportPartTaken'; data: { from: number; to: number; taken: number; refused: number; at: string } }
  | { type: 'ImportEnded'; data: { taken: number; refused: number; at: string } };

export type Import =
  | {
      readonly state: 'begun' | 'ended';
      /** The last row that was taken or refused. */
      readonly reached: number;
      readonly taken: number;
      readonly refused: number;
    }
  | undefined;

/** `import` is a word of the language that code cannot use as a name. */
export const fileImport: Decider<Import, ImportCommand, ImportEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'BeginImport') {
      const { type: _, ...data } = command;
      return state ? [] : [{ type: 'ImportBegun', data }];
    }
    if (!state) throw new Refused('import-unknown');
    if (state.state === 'ended') return [];
    if (command.type === 'EndImport') {
      const { taken, refused } = state;
      return [{ type: 'ImportEnded', data: { taken, refused, at: command.at } }];
    }
    // Two workers may have done the same part beside each other.
    if (command.from <= state.reached) return [];
    const { type: _, ...data } = command;
    return [{ type: 'ImportPartTaken', data }];
  },

  evolve(state, event) {
    if (event.type === 'ImportBegun') return { state: 'begun', reached: 0, taken: 0, refused: 0 };
    if (!state) return state;
    if (event.type === 'ImportEnded') return { ...state, state: 'ended' };
    const { to, taken, refused } = event.data;
    return { ...state, reached: to, taken: state.taken + taken, refused: state.refused + refused };
  },
};
