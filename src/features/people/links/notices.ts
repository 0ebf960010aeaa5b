import type { House } from '../../../core/manifest.ts';
import { notice } from '../../../core/routes/notices.ts';
import { OwnLink } from '../screens/schema.ts';
import { endedCard } from './screens/actions.ts';
import type { PageLinks } from './store/page-links.ts';

/** Whose calendar link the staff revoked: that it follows nothing any more, and how to have another. */
export const revokedLink = notice(
  { kind: 'people.linkRevoked', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  OwnLink,
  async ({ link }, _recipient, services: { readonly pageLinks: PageLinks; readonly house: House }) =>
    endedCard(await services.pageLinks.find(link), services, true),
);
