const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that carry grammar, not meaning. They are kept, nearly weightless, because their order still tells a question from another. */
export const FUNCTION_WORDS = list(`
a au aux avec c ca ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme d dans de des du deja donc dont elle elles
en encore entre est et etc etre eu eux fait fus il ils j je l la le les leur leurs lui m ma mais me meme memes mes mon moi n ne ni nos
notre nous on ont ou oui non par parce pas pis plus pour puis qu que quel quelle quelles quels qui quoi s sa sans se sera serait ses si
sinon soit son sont sous sur t ta tant te tes toi ton tous tout toute toutes tres tu un une va vais vas veut vers via vos votre vous vu y
ete etait etaient suis sommes etes es ai as avons avez avait aurait aurais auront deux chu ya ben la-dessus bon alors aussi autre autres
quand combien comment pourquoi ou est-ce moindre peu trop ainsi apres avant pendant depuis lors of the is are it in to and or for with my
our your this that be an at by from as on if we you they them i me us do does did so not no yes`);

/** Words of nearly every question: half a word's weight. */
export const LIGHT_WORDS = list(`
faire fais fait faites font faut falloir fallait avoir besoin pouvoir peut peux peuvent pouvez pouvons possible pourrait pourrions devoir
dois doit doivent devons devez devrait vouloir veux voulons voulez voudrait savoir sais sait savez connaitre comprendre comprends
expliquer dire dit dites parler demander demande question questions aide aider info infos information informations chose choses
quelqu quelque quelques quelqu'un personne personnes gens aller arriver arrive passer passe mettre met trouver trouve trouver utiliser
utilise utilisation usage voir regarder prendre prend donner donne avoir genre affaire affaires cas exemple lieu place fois jour jours
nouveau nouvelle nouveaux vraiment juste seulement toujours jamais bien mieux bonne bon fonctionne fonctionnent fonctionner marche marchent marcher permet
permettre permis existe exister concerne concernant rapport sujet propos type sorte facon maniere regarde certain certains plusieurs
beaucoup maintenant aujourd hui tard vite savoir compte tenir gros petit grand simplement exactement necessaire obligatoire oblige
droit doit projet ministere organisme organisation public publique publics publiques quebec gouvernement cspq`);

/** How a question asks: a feature of its own, beside its words. */
export const QUESTION_TYPES: readonly [string, RegExp][] = [
  ['quantity', /\b(?:combien|nombre|quel (?:montant|prix|pourcentage)|how (?:many|much))\b/],
  [
    'time',
    /\b(?:quand|a quel moment|delais?|combien de temps|duree|jusqu|how long|when|deadline|date limite)\b/,
  ],
  ['who', /\b(?:qui|a qui|avec qui|par qui|who|whom|quelqu)\b/],
  ['where', /\b(?:ou est|ou sont|ou se|ou (?:puis|peut|trouver|dois)|d'ou|where)\b/],
  ['why', /\b(?:pourquoi|a quoi (?:ca )?sert|why|raison|utilite|avantages?)\b/],
  [
    'how',
    /\b(?:comment|de quelle (?:facon|maniere)|how (?:do|can|to|should)|marche a suivre|etapes?|procedure)\b/,
  ],
  [
    'what',
    /\b(?:c'est quoi|qu'est[- ]ce (?:que|qu)|que (?:veut dire|signifie)|definition|what (?:is|are|does)|quel est|quelle est)\b/,
  ],
  [
    'may',
    /\b(?:peut[- ](?:on|tu|il)|puis[- ]je|est[- ]ce (?:qu|possible)|a[- ]t[- ]on le droit|ai[- ]je le droit|on peut|can (?:we|i)|allowed|permis)\b/,
  ],
  [
    'must',
    /\b(?:faut|doit[- ]on|oblige|obligatoire|obligation|dois[- ]je|devons|must|have to|required|mandatory)\b/,
  ],
];
