/** What a comment to the broker is about (guide 4.5). */
export const COMMENT_KINDS = [
  'documents',
  'catalogue',
  'terms',
  'security',
  'offers',
  'supplierComplaint',
  'offerComplaint',
] as const;
export type CommentKind = (typeof COMMENT_KINDS)[number];

export const COMMENT_NAMES: Record<CommentKind, string> = {
  documents: 'Améliorer les documents du mode d’acquisition',
  catalogue: 'Corriger une information du Catalogue',
  terms: 'Améliorer les conditions contractuelles',
  security: 'Améliorer les exigences de sécurité',
  offers: 'Proposer un nouveau volet d’offres',
  supplierComplaint:
    'Plainte sur un fournisseur (litige, refus de signer, résiliation, conditions non respectées)',
  offerComplaint: 'Plainte sur une offre (indisponibilité prolongée, problèmes de performance)',
};

export const isComplaint = (kind: CommentKind): boolean =>
  kind === 'supplierComplaint' || kind === 'offerComplaint';
