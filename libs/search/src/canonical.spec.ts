import { canonical, wordsOf } from './canonical';

describe('the one spelling', () => {
  it.each([
    ['YY 0469-2010', 'yy0469-2010'],
    ['YY0469-2011', 'yy0469-2011'],
    ['ＹＹ０４６９—２０１１', 'yy0469-2011'],
    ['YY/T 0969 - 2013', 'yyt0969-2013'],
    ['yyt0969—2013', 'yyt0969-2013'],
    ['YY-T 0969 2013', 'yyt0969-2013'],
    ['N 95 口罩', 'n95口罩'],
    ['175mm×95mm', '175mmx95mm'],
    ['175mm * 95mm', '175mmx95mm'],
    ['1.5 cm', '1.5cm'],
    ['75%酒精', '75%酒精'],
    ['防护帽/医用帽（圆帽）', '防护帽医用帽圆帽'],
    ["^O'Ring$", 'oring'],
    ['\u200b口\u00a0罩\t', '口罩'],
  ])('of %s is %s', (written, spelled) => {
    expect(canonical(written)).toBe(spelled);
    expect(canonical(canonical(written))).toBe(spelled);
  });
});

describe('the words of a query', () => {
  it.each([
    ['医用 口罩', ['医用', '口罩']],
    ['YY 0469-2010 口罩', ['yy0469-2010', '口罩']],
    ['GB/T 19083', ['gbt19083']],
    ['surgical mask', ['surgical', 'mask']],
    ['100 mm', ['100', 'mm']],
    ['口罩 口罩', ['口罩']],
    [' -—/ ', []],
  ])('of %s are %j', (query, words) => expect(wordsOf(query)).toEqual(words));
});
