import { defineWords } from '../app/language';
import { FileList } from '../kit/files';
import { useLabels } from '../kit/labels';
import { Facts } from '../kit/object-page';
import type { ClaimView } from './claim-next';
import { maskedAccount } from './masked-account';
import { MaterialName, usePolicyMaterials } from './material-fields';
import { useOfficeName } from './use-office-name';

const words = defineWords('claim-materials', {
  heading: ['申报材料', 'Materials'],
  none: ['没有', 'none'],
  deferred: ['容缺至 {{day}}', 'may follow until {{day}}'],
  payee: ['收款账户', 'Account'],
  holder: ['户名', 'Holder'],
  bank: ['开户行', 'Bank'],
  number: ['账号', 'Number'],
  state: ['状态', 'State'],
  checked: ['已核对', 'looked at'],
  unchecked: ['还没有核对', 'not looked at yet'],
  frozen: ['已冻结', 'frozen'],
  confirmed: ['{{offices}} 已确认', 'confirmed by {{offices}}'],
  objections: ['异议', 'Objections'],
});

/** What the firm brought, where the money goes, and what was objected. */
export function ClaimMaterials({
  of,
  isWhole = false,
}: {
  of: ClaimView;
  /** For the auditor's paper: each file with its SHA-256, and of the account the last digits alone. */
  isWhole?: boolean;
}) {
  const officeName = useOfficeName();
  const t = words.use();
  const label = useLabels();
  const known = usePolicyMaterials(of.policy);
  const { materials, payee, objections } = of;
  return (
    <>
      <section className="panel">
        <h2>{t('heading')}</h2>
        {materials.length === 0 && <p className="secondary">{t('none')}</p>}
        <ul className="plain claim-materials">
          {materials.map(({ material, required, files, until }) => (
            <li key={material}>
              <MaterialName
                of={{ title: known.get(material)?.title ?? material, required, mayFollow: false }}
                more={until && <span className="late">{t('deferred', { day: until })}</span>}
              />
              {isWhole &&
                files.map(({ id, sha256 }) => <div key={id} className="secondary break">{`SHA-256 ${sha256}`}</div>)}
              {files.length === 0 ? (
                <span className="secondary"> {t('none')}</span>
              ) : (
                <FileList files={files.map(({ id, sha256, name }) => ({ id, sha256, name: name ?? sha256 }))} />
              )}
            </li>
          ))}
        </ul>
      </section>
      {payee && (
        <section className="panel">
          <h2>{t('payee')}</h2>
          <Facts
            facts={[
              [t('holder'), payee.holder],
              [t('bank'), payee.bank],
              [
                t('number'),
                payee.number && <span className="figure">{isWhole ? maskedAccount(payee.number) : payee.number}</span>,
              ],
              [
                t('state'),
                [
                  t(payee.checked ? 'checked' : 'unchecked'),
                  payee.frozen && t('frozen'),
                  ...payee.doubts.map((doubt) => label('payee-doubt', doubt)),
                  payee.confirmedBy.length > 0 &&
                    t('confirmed', { offices: payee.confirmedBy.map(officeName).join('、') }),
                ]
                  .filter(Boolean)
                  .join('；'),
              ],
            ]}
          />
        </section>
      )}
      {objections.length > 0 && (
        <section className="panel">
          <h2>{t('objections')}</h2>
          <ul>
            {objections.map(({ objection, state, text, objector }) => (
              <li key={objection} className="break">
                {[label('objection-state', state), text, objector].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
