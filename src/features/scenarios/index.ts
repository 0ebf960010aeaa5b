export { type Comparison, compare, type Scenario } from './comparison.ts';
export { detailOf, totalOfDetail } from './detail.ts';
export { PricingRequest, readRequest } from './request.ts';
export { seal } from './sealed-record.ts';
