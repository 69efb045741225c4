// Test code. What a real server writes into its own log before anybody appends: a reader of $all meets these first.
export const SYSTEM_TYPES = { metadata: '$metadata', streamDeleted: '$streamDeleted' } as const;

export function systemEventsOfAFreshLog(): { stream: string; type: string; data: string }[] {
  const onlyForOperators = '"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}';
  return [{ stream: '$$$scavenges', type: SYSTEM_TYPES.metadata, data: `{"$maxAge":2592000,${onlyForOperators}}` }];
}
