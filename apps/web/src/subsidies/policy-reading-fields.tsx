import { Checkbox, Form, Input, Select } from 'antd';
import { defineWords } from '../app/language';
import { ChoiceSelect, DayInput, DecimalInput } from '../kit/inputs';
import { useChoices, useLabels } from '../kit/labels';
import { Field } from '../kit/write-form';
import { readingsOf, valuesOf, type Parameter, type ReadingName, type ValueName } from './policy-points';
import type { TypedReading } from './policy-typed';

const words = defineWords('reading-fields', {
  heading: ['口径', 'Readings'],
  reading: ['按什么算', 'Reading'],
  basis: ['解释依据', 'Basis'],
  ours: ['原文没有规定，是我们的默认', 'Not in the text: a default of ours'],
  since: ['回看起始日', 'Looked back to'],
  from: ['自', 'From'],
  to: ['至', 'To'],
  means: ['计入的付款方式（不选即全部）', 'Means that count (all where none)'],
  billsFrom: ['汇票起算', 'Bills count from'],
  grounds: ['排除的情形', 'Grounds'],
  schemes: ['其他政策的代号', 'Other schemes'],
  total: ['每企业年度合计上限（元）', 'Yearly total per firm (yuan)'],
});

/** One part for each open point: the reading, its values and its basis. */
export function ReadingFields({ readings }: { readings: readonly TypedReading[] }) {
  const t = words.use();
  return (
    <>
      <h2 className="form-part">{t('heading')}</h2>
      {readings.map(({ parameter }, row) => (
        <OnePoint key={parameter} parameter={parameter} row={row} />
      ))}
    </>
  );
}

function OnePoint({ parameter, row }: { parameter: Parameter; row: number }) {
  const t = words.use();
  const label = useLabels();
  const form = Form.useFormInstance();
  const at = (...name: string[]) => ['terms', 'readings', row, ...name] as (string | number)[];
  const reading = Form.useWatch<ReadingName | undefined>(at('reading'), form);
  return (
    <fieldset className="fieldset">
      <legend>{label('policy-parameter', parameter)}</legend>
      <Form.Item name={at('parameter')} hidden>
        <Input />
      </Form.Item>
      <Field name={at('reading')} label={t('reading')}>
        <ChoiceSelect kind={`reading-${parameter}`} values={readingsOf(parameter)} />
      </Field>
      <div className="line-quantities">
        {valuesOf(parameter, reading).map((name) => (
          <Field key={name} name={at('values', name)} label={t(name)}>
            <ValueInput name={name} />
          </Field>
        ))}
      </div>
      <Field name={at('basis')} label={t('basis')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <Form.Item name={at('ours')} valuePropName="checked">
        <Checkbox>{t('ours')}</Checkbox>
      </Form.Item>
    </fieldset>
  );
}

type Control = { readonly id?: string; readonly value?: never; readonly onChange?: (value: unknown) => void };

/** The control that fits a value; the form hands it its value and takes what it says. */
function ValueInput({ name, ...control }: Control & { name: ValueName }) {
  const means = useChoices('payment-means');
  const grounds = useChoices('exclusion-ground');
  switch (name) {
    case 'means':
      return <Select mode="multiple" options={means} {...control} />;
    case 'grounds':
      return <Select mode="multiple" options={grounds} {...control} />;
    case 'schemes':
      return <Select mode="tags" {...control} />;
    case 'billsFrom':
      return <ChoiceSelect kind="bills-from" {...control} />;
    case 'total':
      return <DecimalInput {...control} />;
    case 'since':
    case 'from':
    case 'to':
      return <DayInput {...control} />;
  }
}
