import type { Api } from '../../api/client';
import { defineWords } from '../../app/language';
import type { Column } from '../../kit/columns';
import { Quantity } from '../../kit/figures';
import { Firm } from '../../kit/firm';
import { useAreas } from '../../kit/reference';
import { Clock, dayText } from '../../kit/time';

type Demand = Api['DemandView'];

const words = defineWords('demand-columns', {
  product: ['产品', 'Product'],
  quantity: ['数量', 'Quantity'],
  parts: ['可报部分', 'parts accepted'],
  deliverBy: ['交货', 'Deliver by'],
  place: ['交货地', 'Place'],
  lead: ['龙头企业', 'Lead firm'],
  deadline: ['报价截止', 'Quoting ends'],
});

/** What a maker looks for in an open demand, wherever demands are listed. */
export function useDemandColumns<T>(demandOf: (item: T) => Demand): Column<T>[] {
  const t = words.use();
  const { areaName } = useAreas();
  const of =
    <R,>(show: (demand: Demand) => R) =>
    (item: T): R =>
      show(demandOf(item));
  return [
    {
      key: 'product',
      title: t('product'),
      card: 'head',
      exports: ['product', 'specification'],
      cell: of(({ terms }) => (
        <span className="stacked">
          <span>{terms.product}</span>
          {terms.specification && <span className="secondary stacked-under">{terms.specification}</span>}
        </span>
      )),
    },
    {
      key: 'quantity',
      title: t('quantity'),
      figure: true,
      exports: ['quantity', 'unit', 'partsAccepted'],
      cell: of(({ terms }) => (
        <>
          <Quantity quantity={terms.quantity ?? ''} unit={terms.unit?.name} />
          {terms.partsAccepted && <span className="secondary"> {t('parts')}</span>}
        </>
      )),
    },
    {
      key: 'deliverBy',
      title: t('deliverBy'),
      cell: of(({ terms }) => <span className="figure">{terms.deliverBy ? dayText(terms.deliverBy) : ''}</span>),
    },
    {
      key: 'place',
      title: t('place'),
      exports: ['deliveryArea', 'deliveryPlace'],
      cell: of(({ terms }) => areaName(terms.deliveryPlace?.area)),
    },
    { key: 'lead', title: t('lead'), cell: of(({ lead }) => <Firm firm={lead} />) },
    {
      key: 'deadline',
      title: t('deadline'),
      exports: ['quotingDeadline'],
      cell: of(({ terms }) => (terms.quotingDeadline ? <Clock due={terms.quotingDeadline} /> : null)),
    },
  ];
}
