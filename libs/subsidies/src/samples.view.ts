import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SampleEvent } from './samples.decider';

@Entity('claim_sample')
export class ClaimSampleRow {
  @PrimaryColumn('text') sample: string;
  @Index() @Column('text') round: string;
  @Column('text') seed: string;
  @Column('integer') count: number;
  @Column('integer') population: number;
  @Column('text') populationHash: string;
  @Column('text', { array: true }) chosen: string[];
  @Column('text') at: string;
}

/** Samples of paid claims, one row each. */
export const claimSamples: Projection<SampleEvent> = {
  name: 'claim-samples',
  version: 1,
  filter: { categories: ['sample'] },
  entities: [ClaimSampleRow],
  apply: rowFold<SampleEvent, ClaimSampleRow>({
    entity: ClaimSampleRow,
    keyColumn: 'sample',
    keyOf: ({ stream }) => stream.slice('sample-'.length),
    fold: (_, { data }) => {
      const { sample, round, seed, count, population, populationHash, chosen, at } = data;
      return { sample, round, seed, count, population, populationHash, chosen: [...chosen], at };
    },
  }),
};

/** The latest first. */
export class SamplesOfRound extends Query<ClaimSampleRow[]> {
  constructor(readonly round: string) {
    super();
  }
}

@QueryHandler(SamplesOfRound)
export class SamplesOfRoundHandler implements IQueryHandler<SamplesOfRound, ClaimSampleRow[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ round }: SamplesOfRound): Promise<ClaimSampleRow[]> {
    return this.readModels.read(claimSamples, (rows) =>
      rows.find(ClaimSampleRow, { where: { round }, order: { at: 'DESC', sample: 'ASC' } }),
    );
  }
}
