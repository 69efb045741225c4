import { Decider, Refused } from '@app/kernel';

// One stream is one registration's id. Rows, memberships and sealed offers belong to a registration by its id alone, and an
// enterprise's stream cannot know which ids stand in others: so an id is taken here, for one enterprise, before it is used.

export type RegistrationIdCommand = {
  readonly type: 'TakeRegistrationId';
  readonly registration: string;
  readonly enterprise: string;
};

export type RegistrationIdEvent = {
  type: 'RegistrationIdTaken';
  data: { registration: string; enterprise: string };
};

/** The enterprise for which the id was taken. */
type TakenFor = { readonly enterprise: string | undefined };

export const registrationId: Decider<TakenFor, RegistrationIdCommand, RegistrationIdEvent> = {
  initial: { enterprise: undefined },
  /** The same enterprise again is a no-op, so that an application that broke off goes on. */
  decide({ registration, enterprise }, taken) {
    if (taken.enterprise === enterprise) return [];
    if (taken.enterprise !== undefined) throw new Refused('registration-exists');
    return [{ type: 'RegistrationIdTaken', data: { registration, enterprise } }];
  },
  evolve: (_taken, { data: { enterprise } }) => ({ enterprise }),
};
