export { type Comparison, compare, type Scenario } from './comparison.ts';
export { PricingRequest, readRequest } from './request.ts';
