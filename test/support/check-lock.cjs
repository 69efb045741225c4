// Fails when package-lock.json names an optional dependency that it has no entry for: `npm ci` would refuse such a lock.
const { packages } = require('../../package-lock.json');

const missing = [];
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const name of Object.keys(optionalDependencies)) {
    const places = [];
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      places.push(`${at ? `${at}/` : ''}node_modules/${name}`);
      if (at === '') break;
      if (!at.includes('/node_modules/')) {
        places.push(`node_modules/${name}`);
        break;
      }
    }
    if (!places.some((place) => place in packages)) missing.push(`${path || 'the project'} -> ${name}`);
  }
}
if (missing.length > 0) {
  console.error(`Missing from the lock file:\n${missing.join('\n')}`);
  process.exit(1);
}
