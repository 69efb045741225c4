type Listed = { readonly enterprise: string; readonly name: string };

const CODE = /[0-9A-HJ-NPQRTUWXY]{18}/;

/** Firms from pasted lines: a code and a name in either order, whatever stands between them. */
export function firmsOfText(text: string): { firms: Listed[]; bad: { line: number; text: string }[] } {
  const firms: Listed[] = [];
  const bad: { line: number; text: string }[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.normalize('NFKC').trim();
    if (line === '') return;
    const code = CODE.exec(line.toUpperCase());
    const name =
      code &&
      `${line.slice(0, code.index)} ${line.slice(code.index + code[0].length)}`.replace(/^[\s,;、|]+|[\s,;、|]+$/g, '');
    if (code && name) firms.push({ enterprise: code[0], name });
    else bad.push({ line: index + 1, text: line.slice(0, 40) });
  });
  return { firms, bad };
}

export const textOfFirms = (firms: readonly Listed[]): string =>
  firms.map(({ enterprise, name }) => `${enterprise}\t${name}`).join('\n');
