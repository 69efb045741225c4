import { aMember, anOfficer } from './testing';
import { Actor, areaRows, belongsTo, mayReadRow, ownRows, roles } from './actor';

const FIRM = '91350527MA0000001W';
const REGISTRATION = '7f9c0f7e-3f0e-4b57-9a4e-2f1f4f0b7f10';
const nobody: Actor = { account: 'a', name: '无', roles: [] };

describe('an audience', () => {
  it('of everybody takes in who has not signed in; signed-in does not', () => {
    expect(belongsTo(undefined, ['public'])).toBe(true);
    expect(belongsTo(undefined, ['signed-in', ...roles])).toBe(false);
    expect(belongsTo(nobody, ['signed-in'])).toBe(true);
    expect(belongsTo(nobody, [...roles, 'manager', 'clerk', 'viewer'])).toBe(false);
  });

  it('names an inner role exactly', () => {
    const clerk = aMember(REGISTRATION, FIRM, 'clerk');
    expect(belongsTo(clerk, ['member'])).toBe(true);
    expect(belongsTo(clerk, ['manager', 'viewer'])).toBe(false);
    expect(belongsTo(clerk, ['clerk'])).toBe(true);
  });

  it('does not let one office in for another, nor the administrator for any', () => {
    for (const one of roles.filter((role) => role !== 'member'))
      for (const other of roles) expect(belongsTo(anOfficer(one), [other])).toBe(one === other);
  });
});

describe('row rules', () => {
  it('give a member the rows of the registration, not of the code', () => {
    expect(ownRows(aMember(REGISTRATION, FIRM))).toEqual({ registration: REGISTRATION });
    for (const actor of [undefined, nobody, anOfficer('city-officer')])
      expect(() => ownRows(actor)).toThrow('not-allowed');
  });

  it('give a county office its area, the city and the auditor all, and nobody else any', () => {
    expect(areaRows(anOfficer('county-officer', '350582'))).toEqual({ area: '350582' });
    expect(areaRows(anOfficer('county-finance', '350582'))).toEqual({ area: '350582' });
    for (const role of ['city-officer', 'city-finance', 'auditor'] as const)
      expect(areaRows(anOfficer(role))).toEqual({});
    for (const actor of [
      undefined,
      nobody,
      aMember(REGISTRATION, FIRM),
      anOfficer('administrator'),
      anOfficer('bank'),
      anOfficer('adviser'),
      // An area without a county role, or the other way round, must not become "all".
      { ...nobody, area: '350582' },
      anOfficer('county-officer'),
    ])
      expect(() => areaRows(actor)).toThrow('not-allowed');
  });

  it('show one row to its firm, its area, the city and the auditor', () => {
    const row = { registration: REGISTRATION, area: '350582' };
    const readers = [
      aMember(REGISTRATION, FIRM),
      anOfficer('county-officer', '350582'),
      anOfficer('city-officer'),
      anOfficer('auditor'),
    ];
    for (const reader of readers) expect(mayReadRow(reader, row)).toBe(true);
    const others = [
      undefined,
      nobody,
      aMember('another', FIRM),
      anOfficer('county-officer', '350583'),
      anOfficer('administrator'),
      anOfficer('bank'),
    ];
    for (const other of others) expect(mayReadRow(other, row)).toBe(false);
    expect(mayReadRow(aMember('another', FIRM), {})).toBe(false);
    expect(mayReadRow(anOfficer('county-officer', '350582'), {})).toBe(false);
  });
});
