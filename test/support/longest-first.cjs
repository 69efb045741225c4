const Sequencer = require('@jest/test-sequencer').default;

/** What starts processes, browsers and platforms takes minutes: were it among the last, one core would wait for the other. */
const LONG = [
  'test/faults/',
  'test/e2e/migrate-log',
  'test/e2e/sealed',
  'test/browser/',
  'test/simulate/',
  'test/e2e/',
  '.int.spec.',
];

/** A clean checkout knows no durations, and Jest would go by the size of files. */
module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONG.findIndex((part) => path.replaceAll('\\', '/').includes(part));
      return found < 0 ? LONG.length : found;
    };
    // Jest puts the durations that it knows into the tests as it sorts them.
    const sorted = super.sort(tests);
    const isKnown = sorted.some(({ duration }) => duration !== undefined);
    return isKnown ? sorted : sorted.sort((a, b) => place(a) - place(b));
  }
};
