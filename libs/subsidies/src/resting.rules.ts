/** An event that a fact rests on, and where it stands in the log. */
export type Resting = {
  readonly event: string;
  readonly stream: string;
  readonly revision: string;
  readonly recordedAt: string;
};

/** As it was read from the log; one that a decision has only just made stands nowhere yet. */
type Told = {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint | string;
  readonly metadata: { readonly recordedAt: string };
};

/** The place of an event for whatever a fold keeps of it; none where the event was not read from the log. */
export function restingOn(event: object): readonly Resting[] {
  if (!('id' in event && 'stream' in event && 'metadata' in event)) return [];
  const { id, stream, revision, metadata } = event as Told;
  return [{ event: id, stream, revision: String(revision), recordedAt: metadata.recordedAt }];
}
