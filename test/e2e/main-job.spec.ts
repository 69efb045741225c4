import { startApp } from '../support/app';
import { describeMainJob } from './main-job.contract';

jest.setTimeout(120_000);

describeMainJob(startApp);
