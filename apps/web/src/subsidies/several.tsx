import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { defineWords } from '../app/language';

const words = defineWords('several', {
  add: ['再加一项', 'Add one'],
  remove: ['删除第 {{number}} 项', 'Remove number {{number}}'],
});

/** As many of one thing as are wanted. */
export function Several({
  name,
  label,
  children,
}: {
  name: string;
  label: string;
  children: (at: number) => ReactNode;
}) {
  const t = words.use();
  return (
    <>
      <h3 className="form-part">{label}</h3>
      <Form.List name={name}>
        {(fields, { add, remove }) => (
          <div className="form-items">
            {fields.map(({ key, name: at }, index) => (
              <div key={key} className="budget-fields">
                {children(at)}
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('remove', { number: index + 1 })}
                  onClick={() => remove(at)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
              {t('add')}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  );
}
