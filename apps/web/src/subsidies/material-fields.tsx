import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useGet } from '../api/queries';
import { defineWords, useLanguage } from '../app/language';
import { FilesInput } from '../kit/files';
import { Field } from '../kit/write-form';

const words = defineWords('material-fields', {
  mayFollow: ['可容缺后补', 'may follow later'],
  onRequest: ['按需', 'on request'],
});

export type TypedMaterials = Readonly<Record<string, Api['AttachmentRef'][] | undefined>>;
type Wanted = Pick<Api['MaterialWanted'], 'material' | 'title' | 'required' | 'mayFollow'> & {
  /** Whether the form is not sent without it. */
  readonly isNeeded: boolean;
  readonly note?: string;
};

/** One place for files under each material. */
export function MaterialFields({ materials }: { materials: readonly Wanted[] }) {
  const t = words.use();
  return (
    <>
      {materials.map((one) => (
        <Field
          key={one.material}
          name={['materials', one.material]}
          label={[one.title, !one.required && t('onRequest'), one.mayFollow && t('mayFollow')]
            .filter(Boolean)
            .join(' · ')}
          required={one.isNeeded}
          {...(one.note && { help: <span className="late">{one.note}</span> })}
        >
          <FilesInput />
        </Field>
      ))}
    </>
  );
}

export function MaterialName({ of, more }: { of: Pick<Wanted, 'title' | 'required' | 'mayFollow'>; more?: ReactNode }) {
  const t = words.use();
  return (
    <span>
      {of.title} {!of.required && <Tag>{t('onRequest')}</Tag>} {of.mayFollow && <Tag>{t('mayFollow')}</Tag>}
      {more}
    </span>
  );
}

/** What was brought, as the API takes it. */
export const materialsOf = (typed: TypedMaterials = {}): Api['MaterialForm'][] =>
  Object.entries(typed).flatMap(([material, files = []]) =>
    files.length === 0 ? [] : [{ material, files: files.map(({ id }) => id) }],
  );

/** A hook: the materials of a policy's version by their names. */
export function usePolicyMaterials(policy: Api['PolicyOfClaim']): ReadonlyMap<string, Api['PolicyMaterial']> {
  const language = useLanguage();
  const { data } = useGet('/api/policies/{scheme}/{version}', { path: policy, query: { language } });
  return new Map(data?.terms.materials.map((one) => [one.material, one]));
}
