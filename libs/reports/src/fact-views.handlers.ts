import { EnterpriseCards } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FactRow } from './counted-facts.view';
import { officeOf, shown } from './day-figures.rules';
import type { FactView, ReportFirm } from './day-report-answer.rules';
import { OFFICE_AREAS } from './day-statements.handlers';

/** Facts as people read them, with the names of their firms as of today. */
@Injectable()
export class FactViews {
  constructor(private readonly queries: QueryBus) {}

  async of(rows: readonly FactRow[]): Promise<(row: FactRow) => FactView> {
    const firm = await this.firms(
      rows.flatMap(({ enterprise, other }) => [enterprise, ...(other === null ? [] : [other])]),
    );
    return ({ fact, figure, at, recorded, listing, product, share, enterprise, other, amount, area }) => ({
      fact,
      figure,
      at,
      recordedAt: recorded,
      office: officeOf(area, OFFICE_AREAS),
      ...(area !== '' && { area }),
      firm: firm(enterprise),
      ...(other !== null && { other: firm(other) }),
      listing,
      product,
      ...(share !== null && { share }),
      amount: shown(figure, amount),
    });
  }

  async firms(codes: readonly string[]): Promise<(enterprise: string) => ReportFirm> {
    const cards = codes.length > 0 ? await this.queries.execute(new EnterpriseCards([...new Set(codes)])) : undefined;
    return (enterprise) => {
      const name = cards?.get(enterprise)?.name;
      return { enterprise, ...(name !== undefined && { name }) };
    };
  }
}
