import { recorded } from '@testing/projections';
import { ClaimRecheckProcess } from './claim-recheck.process';
import { LEAD, SME } from './testing';

/** It plans by the event alone: what stands on it is looked up when it is carried out. */
const process = new ClaimRecheckProcess(undefined as never, undefined as never, undefined as never);
const of = (stream: string, type: string, data: object = {}) => {
  const [event] = recorded([stream, { type, data }] as never);
  const isHeard = process.filter.types.includes(type) && process.filter.categories.includes(stream.split('-')[0]!);
  return isHeard ? process.react(event as never).flatMap((one) => ('task' in one ? [one.task] : [])) : [];
};
const facts = (of: object) => ({ facts: of, from: '2020-01-01', source: { kind: 'self-declared' } });

it.each<[string, string, string, object, object[]]>([
  ['a moved firm', `enterprise-${SME}`, 'FactsRecorded', facts({ registeredAddress: {} }), [{ firm: SME }]],
  ['another size', `enterprise-${SME}`, 'FactsRecorded', facts({ name: 'x', staff: 2_000 }), [{ firm: SME }]],
  ['other holders', `enterprise-${LEAD}`, 'FactsRecorded', facts({ holders: [] }), [{ firm: LEAD }]],
  ['a fact taken back', `enterprise-${SME}`, 'FactWithdrawn', { kind: 'revenue' }, [{ firm: SME }]],
  ['another holder of the code', `enterprise-${SME}`, 'HolderReplaced', {}, [{ firm: SME }]],
  ['another name', `enterprise-${SME}`, 'FactsRecorded', facts({ name: 'x' }), []],
  ['a list exit', 'leadlist-2020', 'LeadFirmExited', { enterprise: LEAD }, [{ firm: LEAD }]],
  ['a red invoice entered late', 'order-o1', 'InvoiceEntered', { fact: 'V1' }, [{ order: 'o1' }]],
  ['a payment back', 'order-o1', 'PaymentEntered', { fact: 'P1' }, [{ order: 'o1' }]],
  ['a return', 'order-o1', 'ReturnEntered', { fact: 'R1' }, [{ order: 'o1' }]],
  ['a fact that counts', 'order-o1', 'OrderFactConfirmed', { fact: 'V1' }, [{ order: 'o1' }]],
  ['a fact that an office decided', 'order-o1', 'OrderFactDecided', { fact: 'V1' }, [{ order: 'o1' }]],
  ['a fact that its maker took back', 'order-o1', 'OrderFactTakenBack', { fact: 'V1' }, [{ order: 'o1' }]],
  ['an invoice reversed', 'evidence-1', 'InvoiceReversed', {}, [{ invoice: '1' }]],
  ['an invoice let go', 'evidence-1', 'InvoiceReleased', {}, [{ invoice: '1' }]],
  ['an invoice looked up', 'evidence-1', 'InvoiceChecked', {}, [{ invoice: '1' }]],
  ['what changed while it was paid', 'claim-c1', 'PaymentMade', {}, [{ claim: 'c1' }]],
  ['what changed while it was recovered', 'claim-c1', 'ClaimRecovered', {}, [{ claim: 'c1' }]],
  ['what changed while the firm was heard', 'claim-c1', 'RecoveryDecided', { due: '0' }, [{ claim: 'c1' }]],
  ['a new list', 'leadlist-2020', 'LeadListPublished', {}, [{ list: '2020' }]],
  [
    'a corrected list',
    'leadlist-2020',
    'LeadListCorrected',
    { removed: [LEAD], added: [{ enterprise: SME }] },
    [{ firm: LEAD }, { firm: SME }],
  ],
  ['a check that came to another end', 'match-m1', 'CheckConcluded', { result: 'no-finding' }, [{ match: 'm1' }]],
  ['a part of a delivery', 'order-o1', 'DeliveryAccepted', { fact: 'D1' }, [{ order: 'o1' }]],
  ['a red invoice that was let go', 'evidence-1', 'InvoiceReversalReleased', {}, [{ invoice: '1' }]],
  ['a delivery nobody answered', 'order-o1', 'DeliveryEntered', { fact: 'D1' }, []],
])('%s', (_, stream, type, data, tasks) => expect(of(stream, type, data)).toEqual(tasks));
