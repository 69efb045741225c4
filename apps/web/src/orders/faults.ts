import { Problem } from '../api/problem';

/**
 * Lines that were left empty are not sent: a fault of `lines/0` is of the first that was. `sent` are the places in the form
 * of what was sent, and `only` gives the fault to the line's one field where the form has no field for each part.
 */
export function atFormLines(problem: Problem | null, sent: readonly number[], only?: string): Problem | null {
  if (!problem) return null;
  const errors = problem.errors.map((fault) => {
    const [, slash = '', index, rest] = /^(\/?)lines[/.](\d+)(.*)$/.exec(fault.field) ?? [];
    if (index === undefined) return fault;
    const place = sent[Number(index)] ?? Number(index);
    return { ...fault, field: `${slash}lines/${place}${only === undefined ? rest : only && `/${only}`}` };
  });
  return new Problem(problem.status, problem.code, problem.zh, problem.en, errors, problem.retryAfter);
}
