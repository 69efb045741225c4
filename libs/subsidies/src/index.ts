// Subsidies owns policies and their versions, rounds with their budgets, claims from self-check to recovery, and what each
// beneficiary has used up. It does not own the trade that a claim rests on (orders), nor who a firm is (registry).
export { SubsidiesModule } from './subsidies.module';
