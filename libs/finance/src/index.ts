// Finance owns finance requests on orders, the banks' answers and the loans that they evidence. It does not own the
// orders (orders), nor the claim for an interest subsidy (subsidies).
export { FinanceModule } from './finance.module';
