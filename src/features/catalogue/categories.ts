/** The ten categories of collaboration and office tools, in the guide's order (section 2.3). */
export const CATEGORIES = [
  'courriel',
  'reseau-social',
  'visioconference',
  'traitement-de-texte',
  'tableur',
  'presentation',
  'plateforme-collaborative',
  'messagerie-instantanee',
  'partage-de-fichiers',
  'sondage',
] as const;

export type Category = (typeof CATEGORIES)[number];

export const CATEGORY_NAMES: Record<Category, string> = {
  courriel: 'Courriel',
  'reseau-social': "Réseau social d'entreprise",
  visioconference: 'Visioconférence',
  'traitement-de-texte': 'Traitement de texte',
  tableur: 'Tableur',
  presentation: 'Présentation',
  'plateforme-collaborative': 'Plateforme collaborative',
  'messagerie-instantanee': 'Messagerie instantanée',
  'partage-de-fichiers': 'Partage de fichiers',
  sondage: 'Sondage',
};
