/** Cells as Excel puts them on the clipboard: tabs between, quoted where a cell holds a line break, a tab or a quote. CSV as well. */
export function cellsOf(text: string): string[][] {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const mark = firstLine.includes('\t') || !/[,;]/.test(firstLine) ? '\t' : firstLine.includes(',') ? ',' : ';';
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      ({ cell, at } = quoted(text, at));
    } else {
      const end = nextOf(text, at, mark);
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell.replace(/\r$/, '').trim());
    if (text[at] === mark) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

function nextOf(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) if (text[at] === mark || text[at] === '\n') return at;
  return text.length;
}

function quoted(text: string, from: number): { cell: string; at: number } {
  let cell = '';
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return { cell, at: at + 1 };
  }
  // No partner: the quotation mark belongs to the text, an inch for example.
  const end = text.slice(from).search(/[\t\n]|$/);
  return { cell: text.slice(from, from + end), at: from + end };
}

const tabbed = (cell: string): string => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * What was pasted, as text with tabs between its cells, which the service takes for a table with or without a heading.
 * Undefined where there is no row.
 */
export function tableText(pasted: string): string | undefined {
  const cells = cellsOf(pasted);
  if (cells.length === 0) return undefined;
  // One column alone would have no tab to be known by.
  const width = Math.max(2, ...cells.map((row) => row.length));
  return cells.map((row) => Array.from({ length: width }, (_, i) => tabbed(row[i] ?? '')).join('\t')).join('\r\n');
}
