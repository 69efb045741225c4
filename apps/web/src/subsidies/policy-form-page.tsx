import { Form, Input, Typography } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { useWrite } from '../api/write';
import { defineWords, useLanguage } from '../app/language';
import { useDraft } from '../kit/drafts';
import { Read } from '../kit/page-state';
import { Field, WriteForm } from '../kit/write-form';
import { policyPath } from './policy-path';
import { ReadingFields } from './policy-reading-fields';
import { TermsFields, TermsLists } from './policy-terms-fields';
import { atTypedReadings, termsOf, typedTerms, type TypedTerms } from './policy-typed';
import '../orders/orders.css';
import './subsidies.css';

const words = defineWords('policy-form', {
  back: ['回到政策', 'Back to the policy'],
  draft: ['起草政策版本', 'Draft a version'],
  change: ['修改政策版本', 'Change the version'],
  from: ['从“{{title}}”{{version}} 版起草', 'From “{{title}}”, version {{version}}'],
  scheme: ['政策代号', 'Scheme'],
  schemeHelp: [
    '小写字母、数字和连字符；同一政策的各版本用同一代号',
    'Small letters, digits and hyphens; the same for all versions',
  ],
  version: ['版本号', 'Version'],
  versionHelp: ['如 2022 或 2022-2，不能用已有的', 'Such as 2022 or 2022-2; none that exists'],
  save: ['保存草稿', 'Save the draft'],
  saved: [
    '只有市局和审计看得到；送审前口径可以先空着',
    'Only the bureau and the auditor see it; points may stay open until it is proposed',
  ],
});

type Typed = { readonly scheme: string; readonly version: string; readonly terms: TypedTerms };
type Policy = Api['PolicyPage'];

/** A new version, which begins as a copy of another. */
export function NewPolicyPage() {
  const [params] = useSearchParams();
  return <Base scheme={params.get('scheme') ?? ''} version={params.get('version') ?? ''} isNew />;
}

/** A draft, changed until it is proposed. */
export function EditPolicyPage() {
  const { scheme = '', version = '' } = useParams();
  return <Base scheme={scheme} version={version} isNew={false} />;
}

function Base({ scheme, version, isNew }: { scheme: string; version: string; isNew: boolean }) {
  const language = useLanguage();
  const page = useGet('/api/policies/{scheme}/{version}', { path: { scheme, version }, query: { language } });
  return <Read query={page}>{(policy) => <PolicyForm key={policy.hash} of={policy} isNew={isNew} />}</Read>;
}

function PolicyForm({ of, isNew }: { of: Policy; isNew: boolean }) {
  const t = words.use();
  const go = useNavigate();
  const [form] = Form.useForm<Typed>();
  const draft = useDraft<Typed>(`policy.${isNew ? 'new' : 'edit'}.${of.scheme}.${of.version}.${of.hash}`);
  const done = (answer: { scheme: string; version: string } | undefined): void => {
    draft.forget();
    void go(policyPath(answer ?? of));
  };
  const options = { keys: draft.keys, onDone: done };
  const make = useWrite('post', '/api/policies/{scheme}/{version}', options);
  const change = useWrite('put', '/api/policies/{scheme}/{version}', options);
  const write = isNew ? make : change;
  const send = ({ scheme, version, terms }: Typed): void => {
    const path = isNew ? { scheme, version } : { scheme: of.scheme, version: of.version };
    // Fields that the form does not show are those of the version it began from.
    write.mutate({ path, body: { terms: termsOf({ ...of.terms, ...terms }) } });
  };
  const typed = typedTerms(of.terms);
  const rows = (form.getFieldValue(['terms', 'readings']) as TypedTerms['readings'] | undefined) ?? typed.readings;
  return (
    <div className="page-part stacked-parts">
      <header>
        <Link to={policyPath(of)} className="card-link secondary">
          ← {t('back')}
        </Link>
        <Typography.Title level={1}>{t(isNew ? 'draft' : 'change')}</Typography.Title>
        {isNew && <p className="secondary">{t('from', { title: of.terms.title, version: of.version })}</p>}
      </header>
      <WriteForm<Typed>
        form={form}
        initial={{ scheme: of.scheme, terms: typed }}
        draft={draft}
        onSubmit={send}
        pending={write.isPending}
        problem={atTypedReadings(write.error, rows)}
        submit={t('save')}
        consequence={t('saved')}
      >
        {isNew && (
          <>
            <Field name="scheme" label={t('scheme')} help={t('schemeHelp')} required>
              <Input maxLength={60} />
            </Field>
            <Field name="version" label={t('version')} help={t('versionHelp')} required>
              <Input maxLength={30} />
            </Field>
          </>
        )}
        <TermsFields beneficiary={of.terms.beneficiary} />
        <ReadingFields readings={typed.readings} />
        <TermsLists />
      </WriteForm>
    </div>
  );
}
