import { actLabels } from './acts';
import { attachmentRefusals } from './attachments';
import { fieldLabels, fieldRefusals } from './fields';
import { financeLabels, financeRefusals } from './finance';
import { invoiceLabels, invoiceRefusals } from './invoices';
import type { Label, Language } from './label';
import { matchingLabels, matchingRefusals } from './matching';
import { ordersLabels, ordersRefusals } from './orders';
import { platformLabels, platformRefusals } from './platform';
import { doorRefusals } from './policy-door';
import { registryLabels, registryRefusals } from './registry';
import { reportLabels, reportRefusals } from './reports';
import { spreadsheetLabels, spreadsheetRefusals } from './spreadsheets';
import { subsidiesLabels, subsidiesRefusals } from './subsidies';
import { toDoLabels } from './to-do';

/** Refusal codes, each with the sentence a person reads; `{name}` stands for a value of the refusal. */
export const refusals: Readonly<Record<string, Label>> = {
  ...platformRefusals,
  ...fieldRefusals,
  ...spreadsheetRefusals,
  ...attachmentRefusals,
  ...registryRefusals,
  ...matchingRefusals,
  ...reportRefusals,
  ...ordersRefusals,
  ...invoiceRefusals,
  ...subsidiesRefusals,
  ...doorRefusals,
  ...financeRefusals,
};

/** Words for stored values, by kind: `labels['listing-state']['quoting']`. */
export const labels: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  ...platformLabels,
  ...actLabels,
  ...fieldLabels,
  ...spreadsheetLabels,
  ...registryLabels,
  ...matchingLabels,
  ...reportLabels,
  ...ordersLabels,
  ...invoiceLabels,
  ...subsidiesLabels,
  ...financeLabels,
  ...toDoLabels,
};

/** The sentence of a refusal code with its values filled in; an unknown code is a fault of ours and throws. */
export function refusalSentence(code: string, values: Readonly<Record<string, string>>, language: Language): string {
  const sentence = refusals[code]?.[language];
  if (sentence === undefined) throw new Error(`no sentence for refusal ${code}`);
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
