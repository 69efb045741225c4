import { usccCheckCharacter } from '@app/kernel';
import { recorded } from '@testing/projections';
import { ReplayLog } from './replay-log.handlers';

const firm = (n: number) => {
  const first17 = `91350527MA000000${n}`;
  return { enterprise: first17 + usccCheckCharacter(first17), registration: `R${n}` };
};
const [LEAD, SUBSIDIARY, SME, STRANGER] = [firm(1), firm(2), firm(3), firm(4)] as const;
const DAY = '2021-02-01';
const NOW = '2021-02-01T02:00:00.000Z';

type Firm = ReturnType<typeof firm>;
type Told = readonly [stream: string, event: { readonly type: string; readonly data: object }];
const logOf = (...told: readonly Told[]) => ReplayLog.of(recorded(...told));
const held = ({ enterprise, registration }: Firm, from: string, holder: Firm, share: string): Told[] => {
  const facts = { holders: [{ holder: holder.enterprise, share }] };
  return [
    [`enterprise-${enterprise}`, { type: 'RegistrationApplied', data: { registration, enterprise, from, facts } }],
    [`enterprise-${enterprise}`, { type: 'RegistrationConfirmed', data: { registration, evidence: [] } }],
  ];
};
const opened = (order: string, lead: Firm, supplier: Firm): Told => [
  `order-${order}`,
  { type: 'OrderOpened', data: { order, lead, supplier } },
];
const reserved = (scheme: string): Told => [
  `entitlement-${scheme}-${SME.enterprise}`,
  {
    type: 'EntitlementReserved',
    data: { claim: 'C1', attempt: 'A1', round: 'B1', year: 2020, invoices: [], award: '1' },
  },
];

const log = logOf(
  ...held(SUBSIDIARY, '2020-01-01', LEAD, '0.6'),
  ...held(STRANGER, '2020-01-01', LEAD, '0.5'),
  opened('O1', LEAD, SME),
  opened('O2', SUBSIDIARY, SME),
  opened('O3', STRANGER, SME),
  opened('O4', SME, SUBSIDIARY),
  reserved('cluster-sme'),
  reserved('interest-subsidy'),
);
const orders = (of: Firm, wanted: 'own' | 'with-subsidiaries' | 'none', asOf = DAY) =>
  log.ordersOf(of, wanted, asOf, NOW);

it('has of a lead its own orders, and those in which a subsidiary buys where they are asked for', () => {
  expect(orders(LEAD, 'own')).toEqual(['O1']);
  expect(orders(LEAD, 'with-subsidiaries')).toEqual(['O1', 'O2']);
  expect(orders(LEAD, 'none')).toEqual([]);
});

it('knows of no subsidiary before it was one', () => {
  const later = logOf(...held(SUBSIDIARY, '2021-03-01', LEAD, '0.6'), opened('O2', SUBSIDIARY, SME));
  expect(later.ordersOf(LEAD, 'with-subsidiaries', DAY, NOW)).toEqual([]);
});

it('has of a supplier what it sold, whoever bought', () =>
  expect(orders(SME, 'own').sort()).toEqual(['O1', 'O2', 'O3', 'O4']));

it('names every scheme of which anything was awarded', () =>
  expect(log.schemes()).toEqual(['cluster-sme', 'interest-subsidy']));
