import { given } from '@testing/kernel';
import { fileImport, ImportEvent } from './import.decider';

const AT = '2020-02-10T01:00:00.000Z';
const begun = {
  ...{ import: 'i', kind: 'demand' as const, catalogue: 'c', at: AT },
  by: { enterprise: '91350100M000100Y43', registration: 'r' },
};
const part = { from: 2, to: 501, taken: 499, refused: 1, at: AT };
const history: ImportEvent[] = [{ type: 'ImportBegun', data: begun }];
const taken: ImportEvent[] = [...history, { type: 'ImportPartTaken', data: part }];

describe('an import', () => {
  it('begins once', () => {
    given(fileImport)
      .when({ type: 'BeginImport', ...begun })
      .records({ type: 'ImportBegun', data: begun });
    given(fileImport, ...history)
      .when({ type: 'BeginImport', ...begun })
      .records();
  });

  it('records each part once, whoever did it', () => {
    const command = { type: 'RecordImportPart', ...part } as const;
    given(fileImport, ...history)
      .when(command)
      .records({ type: 'ImportPartTaken', data: part });
    given(fileImport, ...taken)
      .when(command)
      .records();
    given(fileImport).when(command).refuses('import-unknown');
  });

  it('ends once with what was taken over all parts', () => {
    const ended: ImportEvent = { type: 'ImportEnded', data: { taken: 499, refused: 1, at: AT } };
    given(fileImport, ...taken)
      .when({ type: 'EndImport', at: AT })
      .records(ended);
    given(fileImport, ...taken, ended)
      .when({ type: 'EndImport', at: AT })
      .records();
  });
});
