export const policyPath = ({ scheme, version }: { readonly scheme: string; readonly version: string }): string =>
  `/policies/${encodeURIComponent(scheme)}/${encodeURIComponent(version)}`;
