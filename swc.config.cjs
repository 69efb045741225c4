// One set of compiler options for the build and for Jest. Paths become relative requires, so dist/ runs without an alias hook.
const { compilerOptions } = require('./tsconfig.json');

// The compiler would turn @testing/kernel into '../../kernel/src/kernel' (it keeps the last word of what was imported), so
// the testing doors stay as written: Jest's moduleNameMapper and test/support/register-swc.cjs find them.
const { '@testing/*': _testingDoors, ...paths } = compilerOptions.paths;

module.exports = {
  jsc: {
    baseUrl: __dirname,
    paths,
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    // TypeORM and class-validator need declared fields to stay undeclared at run time.
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'commonjs' },
  sourceMaps: true,
};
