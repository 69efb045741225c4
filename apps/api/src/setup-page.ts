import { randomUUID } from 'node:crypto';
import { labels } from '@app/labels';
import type { NextFunction, Request, Response } from 'express';

const words = labels['setup-page']!;
const both = (name: string): string => `${words[name]!.zh} ${words[name]!.en}`;
const field = (name: string, type: string, more: string): string =>
  `<p><label>${both(name)}<br><input name="${name}" type="${type}" required ${more}></label></p>`;

/** What the printed link opens. The token stands behind the #, which browsers do not send and no log of a proxy shows. */
const page = (): string => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${both('title')}</title>
<h1>${both('title')}</h1>
<form id="form" data-id="${randomUUID()}" data-done="${both('done')}">
${field('name', 'text', 'maxlength="60" autocomplete="name"')}
${field('mobile', 'tel', 'pattern="1[3-9][0-9]{9}" autocomplete="tel"')}
${field('password', 'password', 'maxlength="128" autocomplete="new-password"')}
<p><button>${both('submit')}</button></p>
<p id="answer" role="status"></p>
</form>
<script src="/setup.js"></script>
</html>`;

/** A file of its own: the content security policy runs no script that stands in a page. */
const SCRIPT = `const form = document.getElementById('form');
const answer = document.getElementById('answer');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  const body = JSON.stringify({ ...given, id: form.dataset.id, token: location.hash.slice(1) });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/api/setup', { method: 'POST', headers, body });
  if (response.ok) {
    form.replaceChildren(form.dataset.done);
    history.replaceState(null, '', location.pathname);
    return;
  }
  const problem = await response.json();
  const lines = (problem.errors || [problem]).map((one) => (one.field ? one.field + ': ' : '') + one.zh + ' ' + one.en);
  answer.textContent = lines.join('\\n');
});
`;

export function setupPage(request: Request, response: Response, next: NextFunction): void {
  if (request.method !== 'GET') return next();
  if (request.path === '/setup') response.set('Cache-Control', 'no-store').type('html').send(page());
  else if (request.path === '/setup.js') response.type('js').send(SCRIPT);
  else next();
}
