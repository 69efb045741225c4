import { grouped } from './to-do-groups.rules';

const line = (n: number, given: object = {}) => ({
  kind: 'closing-soon',
  group: 'C1',
  catalogue: 'C1',
  link: { listing: `L${n}` },
  subject: `鞋材 ${n}`,
  due: `2020-02-1${n}T10:00:00.000Z`,
  ...given,
});

it('leads to the thing itself where it is one, and to its catalogue where they are several', () => {
  expect(grouped([line(1)])).toEqual([
    {
      kind: 'closing-soon',
      items: 1,
      subject: '鞋材 1',
      link: { listing: 'L1' },
      due: '2020-02-11T10:00:00.000Z',
    },
  ]);
  expect(grouped([line(2), line(1)], () => '三月目录')).toEqual([
    {
      kind: 'closing-soon',
      items: 2,
      subject: '三月目录',
      link: { catalogue: 'C1' },
      due: '2020-02-11T10:00:00.000Z',
    },
  ]);
});

it('keeps kinds and groups apart, and adds up what each stands for', () => {
  const questions = [line(1, { kind: 'questions-to-answer', items: 3 }), line(2, { kind: 'questions-to-answer' })];
  const found = grouped([...questions, line(3), line(4, { group: 'C2', catalogue: 'C2' })]);
  expect(found.map(({ kind, items }) => [kind, items])).toEqual([
    ['questions-to-answer', 4],
    ['closing-soon', 1],
    ['closing-soon', 1],
  ]);
});

it('names no subject where those of one award differ', () => {
  const share = (subject: string) => ({ kind: 'shares-to-accept', group: 'A1', link: { award: 'A1' }, subject });
  expect(grouped([share('鞋底'), share('鞋底')])).toMatchObject([{ items: 2, subject: '鞋底' }]);
  expect(grouped([share('鞋底'), share('鞋面')])[0]).toEqual({
    kind: 'shares-to-accept',
    items: 2,
    link: { award: 'A1' },
  });
});
