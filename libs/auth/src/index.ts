// Owns accounts, memberships, roles, sessions and API tokens, the access rule of every route, the vault of personal data,
// and the records of account acts and of looks at guarded data.
// Does not own firms (registry) or what a role's work is (the contexts).
export { Access, accessRules, CurrentActor, InPerson } from './access';
export type { AskedBy, RouteRule } from './access';
export { AccessGuard } from './access-guard';
export { AccountActs, actorName, Looks } from './account-acts';
export type { Act, LookKind } from './account-acts';
export { officerRoles } from './account-roles';
export type { OfficerRole } from './account-roles';
export { Accounts } from './accounts';
export type { AccountView, Contact, MembershipOf } from './accounts';
export { areaRoles, areaRows, belongsTo, innerRoles, mayReadRow, ownRows, roles } from './actor';
export type { Actor, Audience, InnerRole, Role } from './actor';
export { ApiTokens } from './api-tokens';
export { AuthModule } from './auth.module';
export { AuthSettings } from './auth-settings';
export type { AuthOptions } from './auth-settings';
export { countedAddress } from './counted-address';
export { Members } from './members';
export type { MemberView } from './members';
export { Officers } from './officers';
export { PasswordProfile } from './password-profile';
export { TooManyHashes } from './passwords';
export { RequestCounts } from './request-counts';
export { ServerKeys } from './server-keys';
export { Sessions } from './sessions';
export { SignIn } from './sign-in';
export { CodeMessages } from './sign-in-codes';
export { Tries } from './tries';
export type { Limit } from './tries';
export { OtherServerKey, Vault } from './vault';
export type { PersonToken } from './vault';
