// Ends with 0 while this container may be sent work: node docker/healthcheck.cjs, on the port that its program answers at.
const { get } = require('node:http');

const port = process.env.PEITAO_WORKER_PORT || process.env.PORT || '3000';
const request = get({ host: '127.0.0.1', port, path: '/health/ready', timeout: 3_000 }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
});
request.on('timeout', () => request.destroy(new Error('no answer in time')));
request.on('error', () => process.exit(1));
