import { given } from '@testing/kernel';
import { registrationId, RegistrationIdCommand, RegistrationIdEvent } from './registration-id.decider';

const OURS = '91350100M000100Y43';
const THEIRS = '913505820000000000';
const take = (enterprise: string): RegistrationIdCommand => ({
  type: 'TakeRegistrationId',
  registration: 'r1',
  enterprise,
});
const taken: RegistrationIdEvent = {
  type: 'RegistrationIdTaken',
  data: { registration: 'r1', enterprise: OURS },
};

describe('the id of a registration', () => {
  it('is taken for one enterprise', () => given(registrationId).when(take(OURS)).records(taken));

  it('is taken once', () => given(registrationId, taken).when(take(OURS)).records());

  it('is no other enterprise’s', () => given(registrationId, taken).when(take(THEIRS)).refuses('registration-exists'));
});
