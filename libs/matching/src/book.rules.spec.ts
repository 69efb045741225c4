import fc from 'fast-check';
import { Book } from './book.rules';

const key = fc.nat(20).map((n) => `K${n}`);
const steps = fc.array(fc.record({ key, value: fc.option(fc.nat(9), { nil: undefined }) }), { maxLength: 60 });

it('is a map, and every book before it stays as it was', () => {
  fc.assert(
    fc.property(steps, (told) => {
      let book = Book.empty<number>();
      const map = new Map<string, number>();
      const earlier: { book: Book<number>; entries: [string, number][] }[] = [];
      for (const { key: at, value } of told) {
        earlier.push({ book, entries: [...map] });
        if (value === undefined) map.delete(at);
        else map.set(at, value);
        book = value === undefined ? book.without(at) : book.with(at, value);
        expect(book.size).toBe(map.size);
        expect(book.get(at)).toBe(map.get(at));
        expect(book.has(at)).toBe(map.has(at));
      }
      expect([...book]).toEqual([...map]);
      expect(book.values()).toEqual([...map.values()]);
      for (const before of earlier) expect([...before.book]).toEqual(before.entries);
    }),
  );
});
