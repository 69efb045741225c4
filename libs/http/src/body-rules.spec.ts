import fc from 'fast-check';
import { BODY_LIMITS, bodyErrors, queryErrors } from './body-rules';

const rules = (text: string) => bodyErrors(JSON.parse(text)).map(({ field, rule }) => `${field} ${rule}`);
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a body', () => {
  it('may be any plain JSON', () => {
    expect(rules('{"terms":{"product":"鞋底 ①\\n二行","quantity":"1200","n":[1,2.5,null,true]}}')).toEqual([]);
  });

  it.each([
    ['a lone surrogate', '{"a":"\\ud800"}', '/a field-text'],
    ['a zero byte', '{"a":"x\\u0000"}', '/a field-text'],
    ['a control character', '{"a":["\\u0007"]}', '/a/0 field-text'],
    ['a mark that reorders what is read', '{"a":"\\u202e12"}', '/a field-text'],
    ['a number beyond what doubles hold', '{"a":9007199254740993}', '/a field-number'],
    ['an infinite number', '{"a":1e400}', '/a field-number'],
    ['the prototype', '{"__proto__":{"admin":true}}', ' field-name'],
    ['the constructor', '{"a":{"constructor":{"prototype":1}}}', '/a field-name'],
    ['a broken field name', '{"\\udfff":1}', ' field-name'],
    ['slashes in a name', '{"a/b~c":"\\u0000"}', '/a~1b~0c field-text'],
  ])('does not hold %s', (_, body, error) => expect(rules(body)).toEqual([error]));

  it('has bounds', () => {
    expect(rules(nested(BODY_LIMITS.depth))).toEqual([]);
    expect(rules(nested(BODY_LIMITS.depth + 1))).toEqual([`${'/0'.repeat(BODY_LIMITS.depth)} field-depth`]);
    expect(rules(JSON.stringify(Array(BODY_LIMITS.items).fill(0)))).toEqual([]);
    expect(rules(JSON.stringify(Array(BODY_LIMITS.items + 1).fill(0)))).toEqual([' field-items']);
    const fields = Object.fromEntries(Array.from({ length: BODY_LIMITS.fields + 1 }, (_, at) => [`f${at}`, 0]));
    expect(rules(JSON.stringify(fields))).toEqual([' field-fields']);
  });

  it('buys no long answer', () => {
    expect(bodyErrors(Array(1_000).fill('\u0000'))).toHaveLength(50);
  });

  it('of any shape is judged without a fault, and what passes is well-formed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20, noUnicodeString: false }), (body) => {
        if (bodyErrors(body).length === 0) expect(JSON.stringify(body).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('query parameters', () => {
  const broken = (query: Record<string, unknown>) => queryErrors(query).map(({ field, rule }) => `${field} ${rule}`);

  it('stand once and are plain text', () => {
    expect(broken({ q: '鞋底', limit: '50' })).toEqual([]);
    expect(broken({ q: ['a', 'b'] })).toEqual(['q parameter-repeated']);
    expect(broken({ q: 'a\u0000' })).toEqual(['q parameter-text']);
    expect(broken({ q: 'x'.repeat(5_000) })).toEqual(['q parameter-text']);
    expect(broken({ constructor: 'x' })).toEqual(['constructor field-name']);
  });
});
