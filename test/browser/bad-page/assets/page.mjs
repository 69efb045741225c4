// A page that is as it should be, and by the word behind its # breaks one rule.
const main = document.querySelector('main');
const put = (html) => main.insertAdjacentHTML('beforeend', html);
const style = (css, nonce) =>
  document.head.append(Object.assign(document.createElement('style'), { nonce, textContent: css }));

style(
  'h1 { color: rgb(1, 2, 3); } button { min-width: 44px; min-height: 44px; }',
  document.querySelector('meta[name=csp-nonce]').content,
);
put('<h1>配套</h1><button aria-busy="true">登录</button>');
const answer = await fetch('/api/me').catch(() => ({ status: 'lost' }));
put(`<output>${answer.status}</output>`);
document.querySelector('button').removeAttribute('aria-busy');

const faults = {
  thrown: () =>
    setTimeout(() => {
      throw new Error('thrown by the page');
    }),
  console: () => console.error('said by the page'),
  style: () => style('h1 { color: red; }'),
  script: () =>
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' })),
  foreign: () => (location.href = 'http://127.0.0.2:9/elsewhere'),
  missing: () => put('<img alt="" src="/assets/missing.png">'),
  nameless: () => put('<button></button>'),
  wide: () => {
    put('<div id="wide">宽</div>');
    document.getElementById('wide').style.width = '900px';
  },
  small: () => {
    put('<button id="small">小</button>');
    Object.assign(document.getElementById('small').style, { minWidth: '20px', minHeight: '20px' });
  },
  live: () => new EventSource('/api/live?views=open-demands'),
};
faults[location.hash.slice(1)]?.();
