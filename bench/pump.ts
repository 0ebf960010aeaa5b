import type { Card } from '../src/core/card.ts';
import { systemClock } from '../src/core/clock.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { wordsView } from '../src/features/broadcasts/screens/message-card.ts';
import { engine, silent } from '../test/support/delivery.ts';
import { askedBy, countStatements } from '../test/support/statements.ts';

// A process that only delivers, until it is ended: what the assistant does beside its turns. Whoever started it with a
// channel asks it, by any message, what it worked since it was asked last: statements, milliseconds of a processor.

const WORDS = {
  title: 'Nouvelle offre au catalogue',
  text: 'Une offre s’ajoute au catalogue.',
  link: '',
  linkTitle: '',
  image: '',
  imageAlt: '',
  urgent: false,
  categories: [],
  suppliers: [],
};
const card: Card = {
  template: 'broadcasts/message',
  summary: `${WORDS.title}. ${WORDS.text}`,
  view: {
    ...wordsView(WORDS, new Map()),
    broadcast: 'aaaaaaaa-0000-4000-8000-000000000009',
    trial: false,
    acknowledgeable: false,
    acknowledged: '',
    wasAcknowledged: false,
    signature: 'L’équipe du Courtier',
    corrected: false,
  },
};

let asked = Promise.withResolvers<void>();
async function tell(): Promise<void> {
  for (;;) {
    const before = process.cpuUsage();
    const { statements } = await askedBy(() => asked.promise);
    asked = Promise.withResolvers();
    const { user, system } = process.cpuUsage(before);
    process.send?.({ statements, worked: (user + system) / 1_000 });
  }
}

countStatements();
if (process.send) {
  process.on('message', () => asked.resolve());
  void tell();
}
const storage = openPostgres(process.env.PUMP_DATABASE ?? '', silent);
const rate = Number(process.env.PUMP_RATE);
engine({ db: storage.delivery, clock: systemClock, rate, say: () => card }).pump.start();
