import { BadSetting, settingsFrom } from './settings';

describe('settings', () => {
  it('have usual values', () => {
    expect(settingsFrom({}, false)).toMatchObject({ port: 3_000, databaseUrl: undefined, logLevel: 'info', drain: 0 });
    expect(settingsFrom({}, true).logLevel).toBe('warn');
    expect(settingsFrom({ PORT: '' }, false).port).toBe(3_000);
  });

  it('may place the log in EventStoreDB, by an address that can be used and is not repeated', () => {
    const EVENTSTORE_URL = 'esdb://ops:secret@a:2113,b:2113?tls=true';
    expect(settingsFrom({}, false).eventStoreUrl).toBeUndefined();
    expect(settingsFrom({ EVENTSTORE_URL }, false).eventStoreUrl).toBe(EVENTSTORE_URL);
    for (const wrong of ['http://ops:secret@a:2113', 'esdb://ops:secret@a:x', 'esdb://ops:secret@a?tsl=false']) {
      expect(() => settingsFrom({ EVENTSTORE_URL: wrong }, false)).toThrow(BadSetting);
      expect(() => settingsFrom({ EVENTSTORE_URL: wrong }, false)).toThrow(/EVENTSTORE_URL.*[。]/);
      expect(() => settingsFrom({ EVENTSTORE_URL: wrong }, false)).not.toThrow(/secret/);
    }
  });

  it.each(['-1', '65536', 'http', '3000.5', '0x10'])('do not take %s for a port', (PORT) => {
    expect(() => settingsFrom({ PORT }, false)).toThrow(/PORT/);
  });

  it('of a worker name no port unless one is given; 0 is one that the system chooses', () => {
    const port = (PEITAO_WORKER_PORT: string) => settingsFrom({ PEITAO_WORKER_PORT }, false).workerPort;
    expect([settingsFrom({}, false).workerPort, port(''), port('0'), port('3001')]).toEqual([
      undefined,
      undefined,
      0,
      3_001,
    ]);
    expect(() => port('http')).toThrow(/PEITAO_WORKER_PORT/);
  });

  it('say whether it follows by 0 or 1, and by no other word', () => {
    const follows = (PEITAO_FOLLOWS: string) => settingsFrom({ PEITAO_FOLLOWS }, false).follows;
    expect([settingsFrom({}, false).follows, follows(''), follows('1'), follows('0')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    for (const word of ['no', 'false', '2'])
      expect(() => follows(word)).toThrow(/^PEITAO_FOLLOWS must.*PEITAO_FOLLOWS 须/);
  });

  it.each([
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://user:secret@here/peitao'],
    ['DATABASE_URL', 'here:secret'],
    ['PEITAO_SERVER_KEY', 'secret'],
    ['PEITAO_LOG_LEVEL', 'verbose'],
    ['PUBLIC_URL', 'peitao.example'],
    ['SMS_GATEWAY_URL', 'https://user:secret@sms.example/send'],
    ['SMS_GATEWAY_URL', 'https://secret@sms.example/send'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['DIGEST_AT', '25:00'],
    ['WECHAT_APP_ID', 'wx'],
  ])(
    '%s=%s is refused by a sentence in both languages that says what it must be and repeats no secret',
    (name, text) => {
      const PUBLIC_URL = name === 'WECHAT_APP_ID' ? '' : 'https://peitao.example';
      const refused = () => settingsFrom({ PUBLIC_URL, [name]: text }, false);
      expect(refused).toThrow(BadSetting);
      const named = name === 'WECHAT_APP_ID' ? 'PUBLIC_URL' : name;
      expect(refused).toThrow(new RegExp(`^${named} must [^。]+\\. ${named} 也?须[^.]*.*。$`));
      expect(refused).not.toThrow(/secret/);
    },
  );

  describe('of messages', () => {
    const inbox = (env: NodeJS.ProcessEnv) => settingsFrom(env, false).inbox;
    const PUBLIC_URL = 'https://peitao.example/';
    const WECHAT = { WECHAT_APP_ID: 'wx', WECHAT_APP_SECRET: 's', WECHAT_TEMPLATE_ID: 't' };

    it('are none by themselves', () => expect(inbox({})).toEqual({ digestAt: '18:00' }));

    it('are taken whole', () =>
      expect(
        inbox({
          PUBLIC_URL,
          SMS_GATEWAY_URL: 'http://10.0.0.5/sms',
          SMS_GATEWAY_TOKEN: 'x',
          SMTP_URL: 'smtps://user:pass@mail.example',
          MAIL_FROM: 'notices@peitao.example',
          ...WECHAT,
          WECHAT_API_URL: 'http://127.0.0.1:8080',
          DIGEST_AT: '07:30',
        }),
      ).toEqual({
        publicUrl: 'https://peitao.example',
        smsGateway: { url: 'http://10.0.0.5/sms', token: 'x' },
        mail: { url: 'smtps://user:pass@mail.example', from: 'notices@peitao.example' },
        wechat: { appId: 'wx', secret: 's', templateId: 't', apiUrl: 'http://127.0.0.1:8080' },
        digestAt: '07:30',
      }));

    it('make the public address one that browsers may come from', () =>
      expect(settingsFrom({ PUBLIC_URL, PEITAO_ORIGINS: 'http://a' }, false).origins).toEqual([
        'http://a',
        'https://peitao.example',
      ]));

    it.each([
      ['PUBLIC_URL', { SMS_GATEWAY_URL: 'http://10.0.0.5/sms' }],
      ['PUBLIC_URL', { PUBLIC_URL: 'peitao.example' }],
      ['SMS_GATEWAY_URL', { PUBLIC_URL, SMS_GATEWAY_URL: 'ftp://x' }],
      ['SMTP_URL', { PUBLIC_URL, SMTP_URL: 'mail.example' }],
      ['MAIL_FROM', { PUBLIC_URL, SMTP_URL: 'smtp://mail.example' }],
      ['MAIL_FROM', { PUBLIC_URL, SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'Peitao <a@b.cn>' }],
      ['WECHAT_APP_SECRET', { PUBLIC_URL, WECHAT_APP_ID: 'wx' }],
      ['WECHAT_TEMPLATE_ID', { PUBLIC_URL, ...WECHAT, WECHAT_TEMPLATE_ID: '' }],
      ['DIGEST_AT', { DIGEST_AT: '25:00' }],
    ])('that are wrong or half are refused, naming %s: %j', (name, env: NodeJS.ProcessEnv) => {
      expect(() => inbox(env)).toThrow(BadSetting);
      expect(() => inbox(env)).toThrow(new RegExp(name));
    });

    it('that are wrong are not repeated, since they may hold a password', () =>
      expect(() => inbox({ PUBLIC_URL, SMTP_URL: 'http://user:secret@mail' })).not.toThrow(/secret/));
  });
});
