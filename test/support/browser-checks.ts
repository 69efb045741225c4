import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Visit } from './browser-visit';

const AXE = readFileSync(join(__dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const GRAVE = ['serious', 'critical'];
/** A rule has one impact; what is tried out or given up is left out, as by axe itself. The lighter rules would run for nothing. */
const RULES = `axe._audit.rules.filter(({ enabled, impact, tags }) => enabled &&
  ${JSON.stringify(GRAVE)}.includes(impact) && !tags.includes('experimental') && !tags.includes('deprecated')).map(({ id }) => id)`;

type Found = { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary: string }[] };

/** What axe calls serious or critical on the page as it stands: one line for each place. */
export async function unreachable(visit: Visit): Promise<string[]> {
  await visit.standStill();
  if (!(await visit.ask<boolean>(`'axe' in window`))) await visit.ask(`${AXE};0`);
  const found = await visit.ask<Found[]>(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ${RULES} })
      .then(({ violations }) => JSON.parse(JSON.stringify(violations)))`,
  );
  return found
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} (${impact}) ${target.join(' ')}: ${inOneLine(failureSummary)}`),
    );
}

/** What sticks out to the right of the window; none when the page does not scroll sideways. */
export const sticksOut = (visit: Visit): Promise<string[]> => visit.ask(`(${STICKS_OUT})()`);

/** What a finger is to hit and is smaller than 44 × 44 px. Links inside a sentence may be as high as their line. */
export const smallTargets = (visit: Visit): Promise<string[]> => visit.ask(`(${SMALL_TARGETS})()`);

/** What the server answers to the list's export as Excel, with the columns that it shows; an office says what for. */
export async function takenAway(visit: Visit, reason?: string): Promise<number> {
  const { page } = visit;
  await page.getByRole('button', { name: '导出' }).first().click();
  const item = page.getByRole('menuitem', { name: 'Excel 表格' });
  await item.waitFor();
  // A menu or a dialog that still moves may be clicked beside, and closes.
  await visit.standStill();
  let send = item;
  if (reason !== undefined) {
    await item.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(reason);
    await visit.standStill();
    send = dialog.getByRole('button', { name: '导出' });
  }
  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().includes('/export?')), send.click()]);
  return answer.status();
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const NAME = `const name = (element) => element.tagName.toLowerCase() +
  (element.id ? '#' + element.id : '') +
  (typeof element.className === 'string' && element.className ? '.' + element.className.trim().split(/\\s+/).slice(0, 3).join('.') : '') +
  ' "' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30) + '"';`;

const STICKS_OUT = `() => {
  ${NAME}
  const root = document.documentElement;
  const width = root.clientWidth;
  if (Math.max(root.scrollWidth, document.body.scrollWidth) <= width) return [];
  const scrollsInside = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > width + 0.5 && !scrollsInside(element),
  );
  return ['the page is ' + root.scrollWidth + ' px wide in a window of ' + width, ...wide.slice(0, 10).map(name)];
}`;

const SMALL_TARGETS = `() => {
  ${NAME}
  const LEAST = 44;
  const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
    '[role=button], [role=link], [role=tab], [role=menuitem], [role=option], [role=switch], [role=checkbox], [role=radio]';
  // What a finger hits is the frame around a bare control.
  const frame = 'label, .ant-select, .ant-picker, .ant-input-number, .ant-input-affix-wrapper, .ant-upload, .ant-input-search';
  const inSentence = (element) =>
    element.tagName === 'A' && getComputedStyle(element).display === 'inline' &&
    [...element.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  const found = [];
  for (const element of document.body.querySelectorAll(targets)) {
    if (element.disabled || element.closest('[aria-hidden=true], [inert]') || inSentence(element)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('label')) continue;
    const own = element.getBoundingClientRect();
    // Hidden but for a screen reader, or until it has the focus.
    if (own.width <= 1 || own.height <= 1 || own.right <= 0 || own.bottom + scrollY <= 0) continue;
    // A link in a line is as high as its text, and hit wherever what it holds is.
    const all = [own, ...[element.closest(frame), ...element.children].filter(Boolean).map((one) => one.getBoundingClientRect())];
    const [width, height] = [Math.max(...all.map((one) => one.width)), Math.max(...all.map((one) => one.height))];
    if (width < LEAST - 0.5 || height < LEAST - 0.5) {
      found.push(name(element) + ': ' + Math.round(width) + ' x ' + Math.round(height));
    }
  }
  return found;
}`;
