import type { ReactNode } from 'react';

/** One column of a list: a table's on a desktop, a line of a card on a phone. */
export type Column<T> = {
  /** Also the name that an export knows the column by. */
  readonly key: string;
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Figures stand right, in tabular digits. */
  readonly figure?: boolean;
  readonly width?: number;
  /** Stays in sight at the right of a table that is wider than the window. */
  readonly pinned?: boolean;
  /** The server's `order` values for this column, upwards and downwards. */
  readonly orders?: { readonly ascend?: string; readonly descend?: string };
  /** Where a card shows it: in its head line, beside it, as a labelled line (usual), below without a label, or not at all. */
  readonly card?: 'head' | 'side' | 'line' | 'foot' | 'none';
  /** Names of the export's columns where they are others than the key: none, or several. */
  readonly exports?: readonly string[];
  /** Left out until the reader chooses it. */
  readonly hidden?: boolean;
};
