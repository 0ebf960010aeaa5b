import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Person } from '../../../../src/core/turn.ts';
import { giveRole, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, silentTurn, staffRoom, strangers } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import {
  onEveryDatabase,
  pressAllTogether,
  pressOnceFiftyTimes,
  type Sent,
  traces,
} from '../../../support/together.ts';

// Those who cancel, beside those who answer, join and leave at the same moment: whatever comes first, nobody is told
// both, no question waits for nobody, and nobody waits for a question that is cancelled.

const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';
const ROUNDS = 8;

onEveryDatabase({ quotaPercent: 10_000 }, (teams, processes, at) => {
  const escalations = () => teams.services.knowledge.escalations;

  const open = (person: Person, text = UNKNOWN) => escalations().openEscalation(silentTurn(person), text);

  const cancelling = (person: Person, escalation: string): Sent => ({
    person,
    verb: 'knowledge.cancel',
    data: { escalation },
  });

  const waitingForNothing = () =>
    countOf(
      teams,
      sql`escalations e where e.status in ('open', 'taken') and not exists
        (select 1 from escalation_askers k where k.escalation_id = e.id and k.left_at is null)`,
    );
  const waitingInVain = () =>
    countOf(
      teams,
      sql`escalations e join escalation_askers k on k.escalation_id = e.id
        where e.cancelled_at is not null and k.left_at is null`,
    );

  async function expectNobodyForgotten(): Promise<void> {
    expect([await waitingForNothing(), await waitingInVain()]).toEqual([0, 0]);
  }

  test('a request that is cancelled fifty times at once is cancelled once', async () => {
    const { id } = await open(alex);
    const { card } = await pressOnceFiftyTimes(processes(), cancelling(alex, id));
    expect(card?.words).toContain('Annulée par vous');
    expect(await traces(teams, 'escalation.cancel')).toBe(1);
  });

  test('a complement that is sent fifty times at once is one', async () => {
    const { id } = await open(alex);
    const card = await teams.mustPress(alex, 'knowledge.request', { escalation: id });
    const { data } = card.button('Ajouter');
    await pressOnceFiftyTimes(processes(), {
      person: alex,
      verb: 'knowledge.complement',
      data: { ...data, complement: 'La grange a l’électricité.' },
    });
    expect(await countOf(teams, sql`escalation_complements`)).toBe(1);
    expect(await traces(teams, 'escalation.complement')).toBe(1);
  });

  test('of an answer and a cancelling at the same moment one wins, and the other is told', async () => {
    await giveRole(teams, diane, 'staff');
    for (let round = 0; round < ROUNDS; round++) {
      const { id, revision } = await open(alex, `${UNKNOWN} ${round}`);
      const forms: Sent[] = [
        cancelling(alex, id),
        {
          person: diane,
          verb: 'knowledge.answer',
          data: { escalation: id, revision, answer: 'Non, hélas.' },
        },
      ];
      const [first, second] = await pressAllTogether(
        processes(),
        round % 2 === 0 ? forms : forms.toReversed(),
      );
      const [asker, staff] = round % 2 === 0 ? [first, second] : [second, first];
      const { status } = await escalations().getEscalation(id);
      if (status === 'answered') {
        expect(asker?.card?.words).toContain('ne peut plus être annulée');
        expect(staff?.card?.words).toContain('Réponse donnée');
      } else {
        expect(status).toBe('closed');
        expect(asker?.card?.words).toContain('Annulée par vous');
        expect(staff?.card?.words).toContain('Annulée par la personne');
        expect(staff?.card?.words).toContain('Non, hélas.');
      }
    }
    await expectNobodyForgotten();
  });

  test('the staff see a cancelling whose process ended right after it', async () => {
    await staffed(teams, diane);
    const { id } = await open(alex);
    await teams.runJobs();
    await escalations().cancelAs(silentTurn(alex), id);
    await processes().at(-1)?.runJobs();
    expect(teams.newest(staffRoom, 'knowledge/escalation').words).toContain('Annulée par la personne');
  });

  test('forty who leave at once leave once each, and the question is closed once', async () => {
    const people = strangers(40);
    const opened = await Promise.all(
      people.map((person, n) =>
        at(n).services.knowledge.escalations.openEscalation(silentTurn(person), UNKNOWN),
      ),
    );
    const id = opened[0]?.id ?? '';
    await pressAllTogether(
      processes(),
      people.map((person) => cancelling(person, id)),
    );
    expect(await escalations().getEscalation(id)).toMatchObject({ status: 'closed' });
    expect(await traces(teams, 'escalation.cancel')).toBe(40);
    await expectNobodyForgotten();
  });

  test('whoever asks the same while the last one leaves waits for a question that is alive', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = `${UNKNOWN} ${round}`;
      const { id } = await open(alex, text);
      await Promise.all([
        at(0).services.knowledge.escalations.cancelAs(silentTurn(alex), id),
        at(1).services.knowledge.escalations.openEscalation(silentTurn(nadia), text),
      ]);
      await expectNobodyForgotten();
      const waits = await escalations().requestsPage(nadia, 'waiting', 1);
      expect(waits.total).toBe(round + 1);
    }
  });

  test('whoever is erased while they cancel leaves nothing, and the others wait on', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = `${UNKNOWN} ${round}`;
      const { id } = await open(alex, text);
      await open(nadia, text);
      await Promise.allSettled([
        at(0).services.knowledge.escalations.cancelAs(silentTurn(alex), id),
        at(1).db.transaction((tx) => at(1).services.knowledge.escalations.erase(tx, alex)),
      ]);
      expect(await countOf(teams, sql`escalation_askers where object_id = ${alex.objectId}`)).toBe(0);
      expect(await escalations().getEscalation(id)).toMatchObject({ status: 'open' });
    }
    await expectNobodyForgotten();
  });
});
