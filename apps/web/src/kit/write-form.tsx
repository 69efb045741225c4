import { Alert, Button, Form, type FormInstance } from 'antd';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import type { FieldFault, Problem } from '../api/problem';
import { defineWords, useLanguage } from '../app/language';
import type { Draft } from './drafts';
import { SavedAt } from './saved-at';

const words = defineWords('form', {
  mend: ['请改正以下各项', 'Please mend'],
  required: ['请填写{{label}}', 'Fill in: {{label}}'],
});

type FieldName = string | number | readonly (string | number)[];
type WriteFormProps<V> = {
  readonly form?: FormInstance<V>;
  readonly initial?: Partial<V>;
  readonly onSubmit: (values: V) => void;
  readonly pending?: boolean;
  readonly problem?: Problem | null;
  readonly submit: string;
  /** What pressing the button will do, and who will see what. */
  readonly consequence?: ReactNode;
  readonly draft?: Draft<V>;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  readonly danger?: boolean;
};

/** `/terms/quantity` of a fault in the body is the form's field `['terms', 'quantity']`: forms are shaped as their bodies are. */
export const pathOf = (pointer: string): (string | number)[] =>
  pointer
    .replace(/^\//, '')
    .split(/[/.]/)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** One column, labels above, faults at their fields and in a summary that leads to them, a draft kept on this device. */
export function WriteForm<V extends object>({
  form: given,
  initial,
  onSubmit,
  pending,
  problem,
  submit,
  consequence,
  draft,
  extra,
  children,
  danger,
}: WriteFormProps<V>) {
  const t = words.use();
  const language = useLanguage();
  const [own] = Form.useForm<V>();
  const form = given ?? own;
  useEffect(() => {
    const faults = problem?.errors ?? [];
    const fields = new Set(faults.map(({ field }) => field));
    form.setFields(
      [...fields].map((field) => ({
        name: pathOf(field) as never,
        errors: faults.filter((fault) => fault.field === field).map((fault) => fault[language]),
      })),
    );
  }, [form, problem, language]);
  const jump = (field: string): void => {
    const path = pathOf(field);
    form.scrollToField(path, { block: 'center' });
    (form.getFieldInstance(path) as { focus?: () => void } | undefined)?.focus?.();
  };
  return (
    <Form<V>
      form={form}
      layout="vertical"
      requiredMark="optional"
      scrollToFirstError={{ focus: true, block: 'center' }}
      initialValues={{ ...initial, ...draft?.kept }}
      onValuesChange={(_, values) => draft?.save(values)}
      onFinish={(values) => !pending && onSubmit(values)}
      className="write-form"
    >
      {children}
      {problem && <Summary problem={problem} heading={t('mend')} onJump={jump} />}
      <div className="form-foot">
        {consequence && <p className="secondary consequence">{consequence}</p>}
        <div className="form-actions">
          <Button type="primary" danger={danger} htmlType="submit" loading={pending} size="large">
            {submit}
          </Button>
          {extra}
          {draft?.savedAt !== undefined && (
            <span className="secondary" role="status">
              <SavedAt at={draft.savedAt} />
            </span>
          )}
        </div>
      </div>
    </Form>
  );
}

function Summary({ problem, heading, onJump }: { problem: Problem; heading: string; onJump: (field: string) => void }) {
  const language = useLanguage();
  const inBody = ({ in: place }: FieldFault): boolean => place === 'body';
  return (
    <Alert
      type={problem.passes ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={problem.errors.length > 0 ? heading : problem[language]}
      description={
        problem.errors.length > 0 && (
          <ul className="faults">
            {problem.errors.map((fault) => (
              <li key={`${fault.field} ${fault.rule}`}>
                {inBody(fault) ? (
                  <Button type="link" size="small" onClick={() => onJump(fault.field)}>
                    {fault[language]}
                  </Button>
                ) : (
                  fault[language]
                )}
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}

/** Fields inside stand under these names: for a form that holds the same fields several times. */
export const FieldPrefix = createContext<readonly (string | number)[]>([]);

type FieldProps = {
  readonly name: FieldName;
  readonly label: ReactNode;
  readonly required?: boolean;
  /** Said where the doubt arises. */
  readonly help?: ReactNode;
  readonly children: ReactNode;
  readonly valuePropName?: string;
};

/** One field of a WriteForm. */
export function Field({ name, label, required = false, help, children, valuePropName = 'value' }: FieldProps) {
  const t = words.use();
  const prefix = useContext(FieldPrefix);
  const path = [...prefix, ...(Array.isArray(name) ? (name as (string | number)[]) : [name as string])];
  return (
    <Form.Item
      name={path}
      label={label}
      extra={help}
      valuePropName={valuePropName}
      required={required}
      rules={
        required ? [{ required: true, message: t('required', { label: typeof label === 'string' ? label : '' }) }] : []
      }
    >
      {children}
    </Form.Item>
  );
}
