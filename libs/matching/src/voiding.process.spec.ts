import type { EnterpriseEvent } from '@app/registry';
import { recorded } from '@testing/projections';
import { agendaAfter } from './testing';
import { VoidingProcess } from './voiding.process';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new VoidingProcess(nothing, nothing, nothing, nothing, nothing);
const by = { account: 'olga', name: '演示经办', office: '350582' };

it('voids at once what the wrong holder did, and a minute later what was under way', () => {
  const replaced: EnterpriseEvent = {
    type: 'HolderReplaced',
    data: { registration: 'R2', replaced: 'R1', evidence: [], reason: '原件核对相符', by },
  };
  const task = { enterprise: 'E1', replaced: 'R1' };
  expect(agendaAfter(process, recorded(['enterprise-E1', replaced]))).toEqual({
    'void R1': { task },
    'void-again R1': { at: '2020-02-10T02:01:01.000Z', task },
  });
});

it('leaves a holder who was kept alone', () => {
  const kept: EnterpriseEvent = {
    type: 'HolderKept',
    data: { registration: 'R2', holder: 'R1', reason: '无异常', by },
  };
  expect(agendaAfter(process, recorded(['enterprise-E1', kept]))).toEqual({});
});
