import { MemoryEventStore } from '@app/event-store';
import { Column, DataSource, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import { KeptTableDiffers } from '../src';
import { Platform } from './platform';

@Entity('person')
class Person {
  @PrimaryColumn('uuid') id: string;
  @Index({ unique: true }) @Column('varchar', { length: 11 }) mobile: string;
}

@Entity('membership')
class Membership {
  @PrimaryColumn('uuid') id: string;
  @ManyToOne(() => Person, { onDelete: 'CASCADE' }) @JoinColumn({ name: 'person' }) person: Relation<Person>;
}

@Entity('person')
class PersonWithNote {
  @PrimaryColumn('uuid') id: string;
  @Index({ unique: true }) @Column('varchar', { length: 11 }) mobile: string;
  @Column('text', { default: '' }) note: string;
}

const store = new MemoryEventStore();
let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

const ID = '6f4b1c1e-4a53-4d3b-9d43-0b7f3b9f7c11';
type Kept = NonNullable<Parameters<typeof Platform.open>[0]['kept']>;

async function within<T>(kept: Kept, work: (rows: DataSource) => Promise<T>): Promise<T> {
  const platform = await Platform.open({ url: database.url, store, kept });
  try {
    return await work(platform.get(DataSource));
  } finally {
    await platform.close();
  }
}

it('makes the tables once, with keys and indexes, and keeps their rows', async () => {
  const kept = [Membership, Person];
  await within(kept, (rows) => rows.getRepository(Person).insert({ id: ID, mobile: '13800000001' }));
  await within(kept, async (rows) => {
    expect(await rows.getRepository(Person).find()).toEqual([{ id: ID, mobile: '13800000001' }]);
    await expect(
      rows.getRepository(Person).insert({ id: ID.replace('6', '7'), mobile: '13800000001' }),
    ).rejects.toThrow('unique');
    await expect(
      rows.getRepository(Membership).insert({ id: ID, person: { id: ID.replace('6', '7') } }),
    ).rejects.toThrow('foreign key');
    const [table] = await rows.query<unknown[]>(
      `SELECT FROM pg_tables WHERE schemaname = 'kept' AND tablename = 'person'`,
    );
    expect(table).toBeDefined();
  });
});

it('makes them once when several processes start at the same time', async () => {
  const starts = Array.from({ length: 4 }, () => within([Person, Membership], async () => 'started'));
  expect(await Promise.all(starts)).toEqual(['started', 'started', 'started', 'started']);
});

it('runs changes once on a table that was made before, and none on a new one', async () => {
  const changes = [
    `ALTER TABLE person ADD note text NOT NULL DEFAULT ''`,
    `UPDATE person SET note = note || 'changed'`,
  ];
  const changed = { entity: PersonWithNote, changes };
  const notes = () => within([changed], (rows) => rows.getRepository(PersonWithNote).find());

  await within([Person], (rows) => rows.getRepository(Person).insert({ id: ID, mobile: '13800000001' }));
  expect(await notes()).toEqual([{ id: ID, mobile: '13800000001', note: 'changed' }]);
  expect(await notes()).toEqual([{ id: ID, mobile: '13800000001', note: 'changed' }]);

  const other = await freshDatabase();
  try {
    const platform = await Platform.open({ url: other.url, store, kept: [changed] });
    await platform.get(DataSource).getRepository(PersonWithNote).insert({ id: ID, mobile: '1' });
    await platform.close();
    const again = await Platform.open({ url: other.url, store, kept: [changed] });
    expect(await again.get(DataSource).getRepository(PersonWithNote).find()).toMatchObject([{ note: '' }]);
    await again.close();
  } finally {
    await other.drop();
  }
});

it('refuses a table that is not as its entity says', async () => {
  await within([Person], async () => undefined);
  const refused = within([PersonWithNote], async () => undefined);
  await expect(refused).rejects.toThrow(KeptTableDiffers);
  await expect(refused).rejects.toThrow('note is missing');
});
