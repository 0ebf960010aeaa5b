import type { Card } from '../../../../core/card.ts';
import { editionText, guide } from '../../../../core/guide/index.ts';
import type { House } from '../../../../core/manifest.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import type { Knowledge } from '../../build.ts';
import { askPersonForm } from '../../escalating/screens/form.ts';
import type { AboutTopic } from '../about.ts';

interface AboutServices {
  readonly knowledge: Knowledge;
  readonly house: Pick<House, 'run'>;
}

/** Answers what was asked of the assistant itself: the tour, a form to a person, or a card with the right button. */
export async function tellAbout(
  topic: AboutTopic,
  turn: MessageTurn,
  { knowledge, house }: AboutServices,
): Promise<void> {
  if (topic === 'tour') await house.run({ ...turn, text: 'aide', argument: '' });
  else if (topic === 'person') {
    const last = await knowledge.questions.lastQuestion(turn);
    await turn.reply(await askPersonForm(turn, last, last?.text ?? '', knowledge));
  } else await turn.reply(aboutCard(topic));
}

/** What it says of itself, and the command that its button runs. */
interface Said {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly label: string;
  readonly command: string;
}

const PERSON = { label: 'Parler à une personne', command: 'parler à une personne' };
const TOPICS = { label: 'Voir le sommaire', command: 'sommaire' };

const SAID: Record<Exclude<AboutTopic, 'tour' | 'person'>, () => Said> = {
  sources: () => ({
    title: "D'où viennent mes réponses",
    paragraphs: [
      `Elles viennent du « ${guide().edition.title} » (${editionText()}) et de sa foire aux questions. Chaque réponse nomme sa source sous le texte.`,
      "L'équipe du Courtier en ajoute, d'après les questions qu'elle reçoit : la réponse le dit alors. Quand je ne suis pas sûr, je vous le dis.",
    ],
    ...TOPICS,
  }),
  edition: () => ({
    title: "L'édition du guide",
    paragraphs: [
      `Je réponds d'après le « ${guide().edition.title} », ${editionText()}. Cette date est sous chaque réponse tirée du guide.`,
      "Ce qui aurait changé depuis n'y est pas : dans le doute, demandez à l'équipe du Courtier.",
    ],
    ...TOPICS,
  }),
  english: () => ({
    title: 'Le français et l’anglais',
    paragraphs: [
      'Vous pouvez écrire en anglais : je comprends la plupart des questions, et je réponds en français.',
      'You may write in English: I understand most questions, and I answer in French.',
    ],
    ...TOPICS,
  }),
  robot: () => ({
    title: 'Un programme, et une équipe derrière',
    paragraphs: [
      "Je suis un programme, pas une personne. Je n'invente pas mes réponses : des personnes les ont écrites d'avance, et je cherche celle qui convient à vos mots. Aucune intelligence artificielle générative ne rédige.",
      "Ce que je ne sais pas, l'équipe du Courtier peut y répondre.",
    ],
    ...PERSON,
  }),
  kept: () => ({
    title: 'Ce que je garde sur vous',
    paragraphs: [
      "Je garde vos questions et ce que je vous ai répondu, le temps de voir ce qui manque à mes réponses, ainsi que ce que vous me confiez : dossiers, demandes, contrats. L'équipe du Courtier lit ce que vous lui transmettez.",
      'Avec « mes données », dans notre conversation personnelle, vous voyez tout, vous le recevez en fichier, et vous pouvez le faire effacer.',
    ],
    label: 'Mes données',
    command: 'mes données',
  }),
  maker: () => ({
    title: 'Qui est derrière moi',
    paragraphs: [
      `Je suis l'assistant du Courtier en infonuagique, une équipe qui relève de ${organization()}. Son guide fait mes réponses, et ses personnes lisent ce que vous leur transmettez.`,
    ],
    ...PERSON,
  }),
};

/** « Centre de services partagés du Québec (CSPQ) », as the guide's edition names the body of the broker. */
function organization(): string {
  const { bodies, contacts } = guide().institutions;
  const largest = contacts.courtier.unit.at(-1);
  if (!largest) return 'son organisme';
  const { name, acronym } = bodies[largest];
  return `« ${name} (${acronym}) »`;
}

function aboutCard(topic: keyof typeof SAID): Card {
  const { title, paragraphs, label, command } = SAID[topic]();
  return {
    template: 'knowledge/about',
    summary: `${title}. ${paragraphs.join(' ')}`,
    view: { title, paragraphs: paragraphs.map((text) => ({ text })), label, command },
  };
}
