// The bank's list of payments as a table.

/** Headings under which banks and treasuries write it, in any order. */
export const BANK_COLUMNS = [
  {
    field: 'paidOn',
    headings: ['付款日期', '支付日期', '交易日期', '入账日期', '日期', 'paid on', 'date'],
    required: true,
  },
  { field: 'payee', headings: ['收款人', '收款人名称', '收款人户名', '收款单位', '对方户名', '户名', 'payee'] },
  { field: 'account', headings: ['收款账号', '收款人账号', '对方账号', '账号后四位', '账号', 'account'] },
  {
    field: 'amount',
    headings: ['金额', '付款金额', '支付金额', '交易金额', '发生额', 'amount'],
    required: true,
    isNumber: true,
  },
  {
    field: 'receipt',
    headings: ['回单编号', '回单号', '凭证号', '交易流水号', '流水号', 'receipt number', 'receipt'],
    required: true,
  },
] as const;
