import { z } from 'zod';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { revision, sure } from '../../../../core/cards/form.ts';
import { Id } from '../../../../core/id.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { fromTemplateCard } from '../../drafting/screens/compose-card.ts';
import { PAGE } from '../../screens/cards.ts';
import { type BroadcastServices, namesOf, whomInWordsOf } from '../../screens/current.ts';
import { ListPage, Reference } from '../../screens/schema.ts';
import { askTemplateCard, templateCard, templatesCard } from './cards.ts';

const NAME = 'Donnez un nom, d’au plus 80 caractères.';
const Name = z.string(NAME).trim().min(1, NAME).max(80, NAME);
const OfTemplate = z.object({ template: Id });
const Kept = Reference.extend({ name: Name });
const Changing = OfTemplate.extend({ revision: revision(), ...sure });

const CHANGED = 'Ce modèle a changé entre-temps. Voici ce qu’il en est maintenant.';

async function list(services: BroadcastServices, wanted: number, notice = '') {
  const { rows, page, total } = await services.broadcasts.templatesPage(wanted, PAGE);
  return templatesCard(rows, page, total, notice);
}

async function one(id: string, services: BroadcastServices, notice = '') {
  const template = await services.broadcasts.findTemplate(id);
  const { content } = template;
  return templateCard(template, await namesOf(services), await whomInWordsOf(content, services), notice);
}

export const showTemplates = action(
  'broadcasts.templates',
  ListPage,
  async (turn, { page }, services: BroadcastServices) => turn.update(await list(services, page)),
  'staff',
);

export const openTemplate = action(
  'broadcasts.template',
  OfTemplate,
  async (turn, { template }, services: BroadcastServices) => turn.update(await one(template, services)),
  'staff',
);

const asking = async ({ broadcast }: { readonly broadcast: string }, services: BroadcastServices) =>
  askTemplateCard(await services.broadcasts.findBroadcast(broadcast));

export const askTemplate = action(
  'broadcasts.askTemplate',
  Reference,
  async (turn, input, services: BroadcastServices) => turn.update(await asking(input, services)),
  'staff',
);

export const keepTemplate = forgiving(
  comesBack(Reference, (_turn, known, services: BroadcastServices) => asking(known, services)),
  creating(
    'broadcasts.keepTemplate',
    {
      noun: ['modèle d’avis', 'modèles d’avis'],
      person: 50,
      body: 200,
      tenant: 400,
      why: 'A team keeps some dozens of templates in all.',
    },
    Kept,
    async (turn, { broadcast, name }, services: BroadcastServices) => {
      const { broadcasts } = services;
      const notice = await broadcasts.findBroadcast(broadcast);
      const template = await broadcasts.keepTemplate(turn.person, notice, name, turn.effect);
      turn.update(await one(template.id, services, 'Le modèle est gardé.'));
    },
    'staff',
  ),
);

/** The form of a new notice, filled with the words of a template. */
export const fromTemplate = action(
  'broadcasts.fromTemplate',
  OfTemplate,
  async (turn, { template }, services: BroadcastServices) =>
    turn.update(fromTemplateCard(await services.broadcasts.findTemplate(template))),
  'staff',
);

export const renameTemplate = forgiving(
  comesBack(OfTemplate, (_turn, { template }, services: BroadcastServices) => one(template, services)),
  action(
    'broadcasts.renameTemplate',
    Changing.extend({ name: Name }),
    async (turn, { template, revision, name }, services: BroadcastServices) => {
      const { kind } = await services.broadcasts.renameTemplate(turn.person, template, revision, name);
      unlessStale({ kind }, CHANGED);
      turn.update(await one(template, services, 'Le nom est changé.'));
    },
    'staff',
  ),
);

export const removeTemplate = action(
  'broadcasts.removeTemplate',
  Changing,
  async (turn, { template, revision }, services: BroadcastServices) => {
    const { kind, row } = await services.broadcasts.removeTemplate(turn.person, template, revision);
    turn.update(
      kind === 'stale'
        ? await one(template, services, CHANGED)
        : await list(services, 1, `Le modèle « ${row.name} » est retiré. Les avis qui en viennent restent.`),
    );
  },
  'staff',
);
