import { buildSecondPerson } from '../../../../core/people/second-person.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { staffAudience } from '../../../people/index.ts';

/** How a second person is asked for a correction, and how its author learns what they decided. */
export const buildAsking = ({ deliveries }: { readonly deliveries: Deliveries }) =>
  buildSecondPerson(
    { noun: 'correction', approval: 'catalogue.approval', decision: 'catalogue.decision' },
    deliveries,
    staffAudience(deliveries),
  );
