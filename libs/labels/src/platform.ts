import type { Label } from './label';

const doorRefusals: Record<string, Label> = {
  'request-invalid': {
    zh: '请求中有不合要求的字段，详见 errors',
    en: 'fields of the request break a rule; see errors',
  },
  'request-malformed': { zh: '请求无法读取', en: 'the request cannot be read' },
  'body-malformed': { zh: '请求内容不是正确的 UTF-8 编码 JSON', en: 'the body is not JSON in UTF-8' },
  'address-malformed': { zh: '网址中有无法读取的字符', en: 'the address holds characters that cannot be read' },
  'route-unknown': { zh: '没有这个地址', en: 'there is nothing at this address' },
  'body-unexpected': { zh: '此处不接受请求内容', en: 'no body is taken here' },
  'body-too-large': { zh: '请求内容过大', en: 'the body is too large' },
  'media-type-unsupported': { zh: '此处不接受这种内容类型', en: 'this content type is not taken here' },
  'request-timed-out': {
    zh: '处理超时，请用同一 Idempotency-Key 重试',
    en: 'it took too long; try again with the same key',
  },
  'too-many-requests': { zh: '请求过于频繁，请稍后再试', en: 'too many requests; try again later' },
  'too-many-live-streams': { zh: '打开的实时连接过多', en: 'too many live streams are open' },
  'store-unavailable': { zh: '系统暂时无法保存或读取，请稍后重试', en: 'the store cannot answer now; try again' },
  'not-caught-up': { zh: '刚才的写入尚未显示，请稍后重试', en: 'your write does not show yet; try again' },
  'not-ready': { zh: '系统尚未就绪：{parts}', en: 'not ready: {parts}' },
  unexpected: {
    zh: '系统出错，已记录；请提供 instance 中的编号',
    en: 'a fault of ours, on record under the id in instance',
  },
  'idempotency-key-missing': {
    zh: '写入须带 Idempotency-Key（客户端生成的 UUID）',
    en: 'a write carries an Idempotency-Key, a UUID made by the client',
  },
  'idempotency-key-malformed': { zh: 'Idempotency-Key 须为 UUID', en: 'the Idempotency-Key must be a UUID' },
  'command-id-reused': {
    zh: '同一 Idempotency-Key 已用于内容不同的请求',
    en: 'this Idempotency-Key was used for another request',
  },
  'version-changed': {
    zh: '内容已被更改，请重新读取后再试',
    en: 'it has changed since you read it; read it again',
  },
  'position-malformed': {
    zh: 'Peitao-Position 须为写入时返回的值',
    en: 'Peitao-Position must be as an answer to a write gave it',
  },
  'view-unknown': { zh: '没有这个可订阅的页面', en: 'there is no such view to listen to' },
  'field-missing': { zh: '必填', en: 'must be given' },
  'field-invalid': { zh: '不合要求', en: 'is not what it should be' },
  'field-number': { zh: '数值超出可精确表示的范围', en: 'the number is beyond what JSON carries exactly' },
  'field-depth': { zh: '嵌套不得超过 {max} 层', en: 'nested deeper than {max} levels' },
  'field-items': { zh: '列表不得超过 {max} 项', en: 'a list of more than {max} items' },
  'field-fields': { zh: '对象不得超过 {max} 个字段', en: 'an object of more than {max} fields' },
  'field-name': { zh: '字段名不被接受', en: 'a field name that is not taken' },
  'field-cursor': { zh: '翻页标记须为本列表上一页的 next', en: 'a cursor is the next of a page of this list' },
  'parameter-repeated': { zh: '参数只能出现一次', en: 'a parameter may stand once' },
  'parameter-text': {
    zh: '须为 1 至 {max} 个字的文字，且不含控制字符或方向控制符',
    en: 'must be text of 1 to {max} characters without control or bidirectional characters',
  },
};

const accountRefusals: Record<string, Label> = {
  'not-signed-in': { zh: '请先登录', en: 'sign in first' },
  'not-allowed': { zh: '您的账号无权进行此操作', en: 'your account may not do this' },
  'not-allowed-by-token': { zh: '此接口令牌的范围不含这项操作', en: 'the scopes of this API token do not cover this' },
  'csrf-origin-foreign': { zh: '请求来自其他网站，已拒绝', en: 'the request comes from another site' },
  'csrf-token-wrong': { zh: '页面已过期，请刷新后再试', en: 'the page is out of date; reload it and try again' },
  'https-needed': {
    zh: '登录须使用 HTTPS：浏览器不会在此地址保存登录状态',
    en: 'signing in needs HTTPS: at this address browsers do not keep a sign-in',
  },
  'sign-in-failed': { zh: '手机号与密码或验证码不符', en: 'mobile number and password or code do not fit' },
  'too-many-tries': {
    zh: '尝试次数过多，请 {minutes} 分钟后再试',
    en: 'too many tries; try again in {minutes} minutes',
  },
  'codes-not-available': {
    zh: '本平台未开通短信验证码，请用密码登录',
    en: 'one-time codes are not set up here; sign in by password',
  },
  'link-unknown': { zh: '链接无效、已使用或已过期', en: 'the link is wrong, used or over' },
  'account-unknown': { zh: '没有这个账号，或已停用', en: 'there is no such account, or it is deactivated' },
  'account-id-taken': { zh: '此账号编号已被使用', en: 'this account id is taken' },
  'mobile-taken': { zh: '此手机号已有账号', en: 'this mobile number has an account' },
  'officer-account-exists': { zh: '此人已有工作人员账号', en: 'this person has an officer account already' },
  'officer-name-kept': {
    zh: '工作人员账号须保存至规定期限，不能删除',
    en: "an officer's account is kept for its term and cannot be erased",
  },
  'officer-not-member': {
    zh: '工作人员账号与企业成员不能兼任',
    en: 'an officer account cannot be a member of a firm',
  },
  'role-not-combinable': { zh: '此账号已有其他角色，不能兼任', en: 'the account holds a role that this one excludes' },
  'role-unknown': { zh: '此账号没有这个角色', en: 'the account has no such role' },
  'area-required': { zh: '县级部门的角色须指定地区', en: 'a role of a county office needs its area' },
  'area-not-allowed': { zh: '此角色不分地区', en: 'this role has no area' },
  'confirm-needs-another': { zh: '须由提出人和本人以外的人确认', en: 'somebody else must confirm it' },
  'last-administrator': { zh: '这是最后一名系统管理员', en: 'this is the last administrator' },
  'last-manager': { zh: '这是企业最后一名管理员', en: "this is the firm's last manager" },
  'member-unknown': { zh: '企业没有这名成员', en: 'the firm has no such member' },
  'membership-unknown': { zh: '您不是这家企业的成员', en: 'you are not a member of that firm' },
  'invitation-exists': { zh: '此编号的邀请内容不同或已使用', en: 'an invitation of this id is another one, or used' },
  'sign-in-to-join': {
    zh: '此手机号已有账号，请先登录再接受邀请',
    en: 'sign in to your account to accept the invitation',
  },
  'password-missing': { zh: '请填写密码', en: 'a password must be given' },
  'password-wrong': { zh: '原密码不正确', en: 'the current password is wrong' },
  'password-too-short': { zh: '密码至少 {min} 个字符', en: 'a password has at least {min} characters' },
  'password-too-long': { zh: '密码最多 {max} 个字符', en: 'a password has at most {max} characters' },
  'password-too-plain': {
    zh: '密码须含大写字母、小写字母、数字、其他字符中的 {classes} 类',
    en: 'a password has {classes} of: capital letters, small letters, digits, others',
  },
  'password-guessable': { zh: '此密码容易被猜到，请换一个', en: 'this password is easy to guess; choose another' },
  'document-malformed': { zh: '证件号码不正确', en: 'the document number is not right' },
  'scope-malformed': {
    zh: '范围须为 read、write，或如 listings:read',
    en: 'a scope is read, write, or one like listings:read',
  },
  'api-token-exists': { zh: '此编号的令牌已在使用', en: 'a token of this id is in use' },
  'api-tokens-at-most': { zh: '每个账号最多 {most} 个令牌', en: 'an account has at most {most} tokens' },
  'cursor-malformed': { zh: '翻页标记须为本列表上一页的 next', en: 'a cursor is the next of a page of this list' },
  'subject-malformed': {
    zh: '须为 person:、registration:、match: 或 account: 加编号',
    en: 'a subject is person:, registration:, match: or account: and an id',
  },
  'personal-data-erased': { zh: '这项个人信息已删除或限制使用', en: 'this personal data was erased or is restricted' },
  'message-unknown': { zh: '没有这条消息', en: 'there is no such message' },
};

export const platformRefusals: Record<string, Label> = {
  ...doorRefusals,
  ...accountRefusals,
};

const accountLabels: Record<string, Record<string, Label>> = {
  role: {
    member: { zh: '企业成员', en: 'member of a firm' },
    'county-officer': { zh: '县级工信部门', en: 'county office' },
    'city-officer': { zh: '市工信局', en: 'city bureau' },
    'county-finance': { zh: '县级财政', en: 'county finance' },
    'city-finance': { zh: '市财政局', en: 'city finance bureau' },
    bank: { zh: '银行', en: 'bank' },
    adviser: { zh: '企业金融顾问', en: 'adviser' },
    auditor: { zh: '审计', en: 'auditor' },
    administrator: { zh: '系统管理员', en: 'administrator' },
  },
  'inner-role': {
    manager: { zh: '管理员', en: 'manager' },
    clerk: { zh: '经办人', en: 'clerk' },
    viewer: { zh: '查看', en: 'viewer' },
  },
  'role-state': {
    proposed: { zh: '待确认', en: 'proposed' },
    held: { zh: '已生效', en: 'held' },
  },
  'account-act': {
    'account-made': { zh: '新建账号', en: 'account made' },
    'account-deactivated': { zh: '停用账号', en: 'account deactivated' },
    'account-erased': { zh: '删除账号的个人信息', en: 'account erased' },
    'signed-in': { zh: '登录', en: 'signed in' },
    'sign-in-failed': { zh: '登录失败', en: 'sign-in failed' },
    'signed-out': { zh: '退出登录', en: 'signed out' },
    'signed-out-everywhere': { zh: '退出全部登录', en: 'signed out everywhere' },
    'password-set': { zh: '设置密码', en: 'password set' },
    'password-link-made': { zh: '生成密码链接', en: 'password link made' },
    'role-proposed': { zh: '提出角色', en: 'role proposed' },
    'role-confirmed': { zh: '确认角色', en: 'role confirmed' },
    'role-ended': { zh: '取消角色', en: 'role ended' },
    'member-invited': { zh: '邀请成员', en: 'member invited' },
    'invitation-ended': { zh: '撤回邀请', en: 'invitation ended' },
    'member-joined': { zh: '成员加入', en: 'member joined' },
    'member-changed': { zh: '变更成员权限', en: 'member changed' },
    'member-ended': { zh: '移除成员', en: 'member ended' },
    'api-token-made': { zh: '新建接口令牌', en: 'API token made' },
    'api-token-ended': { zh: '停用接口令牌', en: 'API token ended' },
    'personal-data-erased': { zh: '删除个人信息', en: 'personal data erased' },
  },
  'signed-in-by': {
    password: { zh: '密码', en: 'password' },
    code: { zh: '验证码', en: 'code' },
    link: { zh: '一次性链接', en: 'link' },
  },
  'look-kind': {
    'losing-price': { zh: '查看未中选报价', en: 'losing price' },
    export: { zh: '导出', en: 'export' },
    asker: { zh: '查看提问人', en: 'asker' },
    'superseded-terms': { zh: '查看已撤回或更改的报价', en: 'superseded terms' },
    'personal-data': { zh: '查看个人信息', en: 'personal data' },
  },
  'message-kind': {
    'to-do': { zh: '待办', en: 'to-do' },
    alert: { zh: '提醒', en: 'alert' },
  },
  'delivery-state': {
    delivered: { zh: '已送达', en: 'delivered' },
    'not-delivered': { zh: '未送达', en: 'not delivered' },
    sending: { zh: '发送中', en: 'sending' },
  },
  'delivery-channel': {
    'in-app': { zh: '站内', en: 'in the app' },
    sms: { zh: '短信', en: 'SMS' },
  },
};

export const platformLabels: Record<string, Record<string, Label>> = {
  'setup-page': {
    title: { zh: '设立首位管理员', en: 'Make the first administrator' },
    name: { zh: '姓名', en: 'Name' },
    mobile: { zh: '手机号', en: 'Mobile number' },
    password: { zh: '密码', en: 'Password' },
    submit: { zh: '设立', en: 'Make' },
    done: { zh: '已设立，现在可以登录。', en: 'Done. You can sign in now.' },
  },
  ...accountLabels,
};
