import tseslint from 'typescript-eslint';

const impure = [
  'Date',
  'process',
  'fetch',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
  'performance',
].map((name) => ({
  name,
  message: 'A decider is pure: pass the value in the command.',
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.peitao/', '**/*.cjs', '**/*.mjs', 'test/architecture/fixtures/'] },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/require-await': 'off', // ports are async even where a driver is not
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' }],
    },
  },
  {
    files: ['**/*.decider.ts', '**/*.rules.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'A decider is pure.' }],
    },
  },
  {
    // One platform clock: a story or a simulation moves it, and machine time read beside it would tear its days apart.
    files: ['libs/{registry,matching,reports,orders,factories,subsidies,finance,coordination}/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time from the platform clock.' },
        { object: 'Math', property: 'random', message: 'Ids and seeds come from outside.' },
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/cqrs',
              importNames: ['AggregateRoot', 'EventBus', 'EventPublisher', 'EventsHandler', 'Saga'],
              message:
                'The bus was measured to lose and reorder events: follow the log instead (docs/architecture.md).',
            },
          ],
        },
      ],
    },
  },
  {
    // Supertest bodies and JSON of the outside world are `any`; a test states their shape by its expectations.
    files: ['**/*.spec.ts', '**/*.contract.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
);
