import { remembered } from './remembered.ts';

/** English words of this field, each with its French counterpart: `word traduction`, many a line. */
const PAIRS = `
abroad etranger|accept accepter|access acces|account compte|accounting comptabilite|acquire acquerir|acquisition acquisition|activate activer
activation activation|add ajouter|additional supplementaire|address adresse|advantage avantage|advantages avantages|advice conseil|advise conseiller
affect impact|affects impact|afford payer|again encore|agency organisme|agenda ordre jour|agreement entente|alert avis|alerts avis|allow permettre
allowed permis|allows permet|already deja|always toujours|amend modifier|amending modificative|amendment avenant|amount montant|analysis analyse
analyze analyser|anniversary annuel|annual annuel|annually annuellement|another autre|answer reponse|answers reponses|app application|appendix annexe
apply appliquer|approval autorisation|approve autoriser|apps applications|april avril|architect architecte|architecture architecture|archive archiver
argue differend|ask demander|assess evaluer|assessment evaluation|asset immobilisation|assistance assistance|attach joindre|attend participer
attendees participants|audit audit|auditor auditeur|audits audits|authorization autorisation|authorize autoriser|authorized autorise
availability disponibilite|available disponible|avoid eviter|back retour|backup sauvegarde|bad mauvais|bargain negocier|baseline base minimum
basics bases|basis base|because parce|before avant|begin commencer|beginning debut|benefit avantage|benefits avantages|best meilleur|better meilleur
between entre|bid soumission|big gros|bill facture|billed facture|billing facturation|board commission|bodies organismes|body organisme|book reserver
boss patron|breach bris|break bris|broken bris|broker courtier|brokerage courtage|budget budget|bundle suite integree|business affaires|buy acheter
buyer acheteur|buying achat|calculate calculer|calculation calcul|call appel|calls appels|canada canada|canadian canadien|cancel annuler
cannot impossible|capex immobilisation|capital capital|capitalize capitaliser|catalog catalogue|catalogue catalogue|categories categories
category categorie|center centre|centers centres|centre centre|centres centres|certificates certifications|certification certification
certifications attestations|certified certifie|change changer|changed change|changes changements|charge frais|charged facture
chat messagerie instantanee|cheap bas|cheaper moins cher|cheapest plus bas|check verifier|choice choix|choose choisir|cite citer|city ville
clarification precision|classification classification|classified confidentiel|classroom cours|clause clause|clauses clauses|client client|close fermer
cloud infonuagique|code code|collaborate collaboration|collaboration collaboration|collect recueillir|college cegep|commission frais gestion
commit engager|commitment engagement|committing engager|company compagnie|compare comparer|comparison comparaison|compatibility compatibilite
compatible compatible|compensate dedommager|compensation compensation|complain plaindre|complaint plainte|compliance conformite|compliant conforme
comply conformer|comptroller controleur finances|compulsory obligatoire|condition condition|conditions conditions|conference conference
conferencing visioconference|confidential confidentiel|confidentiality confidentialite|confirm confirmer|conflict differend|conserve conserver
consultant consultant|consultants consultants|consulting consultation services professionnels|contact contacter|continue continuer|contract contrat
contractor prestataire|contracts contrats|contractual contractuel|control controle|controls controles|coordinate arrimer|coordinates arrimer
copies copies|copy copie|corporation societe|cost cout|costs couts|count compter|country pays|court tribunal|cover couvrir|covered couvert
covers couvre|crash panne|criteria criteres|criterion critere|crown societe etat|current actuel|custom personnalise sur mesure|customer client
customise personnaliser|customization personnalisation|customize personnaliser|damages dommages|data donnees|date date|day jour|days jours
deadline delai|decide decider|decision decision|decline refuser|decree decret|define definir|definition definition|delay delai|delete supprimer
deliver livrer|demo demonstration|deny refuser|department ministere|deploy deployer|deputy sous-ministre|description description|desk centre
destroy detruire|detail detail|details details|difference difference|different different|directly directement|disagree desaccord
disagreement differend|disclose publier|discount rabais|discounts rabais|dispute differend|dissatisfied insatisfait|document document
documentation documentation|documents documents|doesnt pas|dollar dollar|dollars dollars|down panne|downtime panne|draft preparer|drafts prepare
duration duree|during pendant|duties obligations|duty obligation|e-mail courriel|early avance|eligibility admissibilite|eligible admissible
email courriel|emails courriels|employee employe|encryption chiffrement|end fin|ending fin|ends termine|enough assez|entitled admissible|entry entree
error erreur|escrow entiercement|estimate estimer|europe europe|evaluate evaluer|evaluation evaluation|everyone monde|evidence preuve|evolve evoluer
executive dirigeant|exit sortie|expense depense|expenses depenses|expensive cher|experience experience|expire expirer|expires expire|explain expliquer
export recuperer|extend prolonger|extension prolongation|extra supplementaire|factor critere|fail manquer|fails manque|failure defaillance|faq faq
fast rapidement|feature fonctionnalite|features fonctionnalites|fee frais|feedback commentaires|fees frais|fight differend|file dossier|files fichiers
fill remplir|final fin|finance finances|find trouver|fine amende|firm firme|firms firmes|first premier|fit convenir|fits convient|five cinq|fixed fixe
forbid interdire|forbidden interdit|foreign etranger|form formulaire|four quatre|framework cadre|free gratuit|french francais|function fonction
gather rassembler|general general|get obtenir|give donner|glossary glossaire|goes va|good bon|goods biens|government gouvernement|grade note
grant accorder|grid grille|guidance orientation|guide guide|guideline orientation|hack pirater|hacked pirate|haggle negocier|happens arrive
happy satisfait|head dirigeant|health sante|help aide|helpdesk assistance|high eleve|higher plus eleve|hire engager|hired engage|hiring prestataire
history historique|hospital hopital|hospitals hopitaux|host heberger|hosted heberge|hosting hebergement|hours heures|impact impact|impacts impacts
implementation implantation|improve ameliorer|include inclure|included inclus|increase augmenter|information renseignements|install installer
installation installation|instead plutot|instructor formateur|integrate integrer|integrated integree|integrator integrateur|invite inviter
invoice facture|invoices factures|issue probleme|issues problemes|join adherer|jurisdiction juridiction|justifies justifie|justify justifier
keep conserver|kept conserve|kick demarrage|kickoff rencontre demarrage|kind sorte|know savoir|last dernier|latest dernier recent|law loi|laws lois
lawsuit poursuite|lawyer juriste|lawyers juristes|leader dirigeant|leak fuite|leaked fuite|learn apprendre|learned appris|leave quitter|leaves quitte
leaving sortie|legal juridique|legally legalement|length duree|lessons experience|letter lettre|level niveau|levels niveaux|liability responsabilite
liable responsable|licence licence|licences licences|license licence|licenses licences|limit limite|limits limites|list liste|listed liste
located situe|location emplacement|locations lieux hebergement|lock-in dependance|locked bloque|lockin dependance|log connexion|login identifiant
long duree|longer plus longtemps|looking cherche|lower moins|lowest plus bas|mail courriel|mailbox courriel|mailboxes courriels
mailing diffusion liste|maintain maintenir|manage gerer|management gestion|manager gestionnaire|mandate mandat|mandatory obligatoire|manual guide
many combien|march mars|markup frais gestion|maximum maximum|mean signifie|meaning signification|means signifie|measure mesure|meet rencontrer
meeting rencontre|member membre|method methode|microsoft microsoft|mid milieu|migrate migrer|migration migration|minimum minimum|minister ministre
ministry ministere|minutes compte|missing manquant|mistake erreur|modify modifier|money argent|month mois|monthly mensuel|months mois|move transferer
moving transferer|multiple plusieurs|municipal municipal|municipality municipalite|must obligatoire|name nom|need besoin|needs besoins
negotiable negocier|negotiate negocier|negotiated negocie|network reseau|new nouveau|newest dernier recent|newsletter liste diffusion
next prochain etape|notice avis|notified avise|notify aviser|number nombre|obligation obligation|obligatory obligatoire|offboarding sortie|offer offre
offering offre|offers offres|office bureautique|official officiel|often souvent|old ancien|onboard demarrage|onboarding entree demarrage|one un
online ligne|only seulement|open ouvrir|operating exploitation|opex depense|option option|options options|order commande|organization organisation
other autre|out sortie|outage panne|outdated perime|outside hors|overlap chevauchement|overseas etranger|overview ensemble|own propre
owner proprietaire|package forfait|paid paye|paper papier|paperwork documents|parallel parallele|parties parties|party partie|password mot passe
pay payer|payment paiement|pays paie|penalties penalites|penalty penalite|per par|percent pourcentage|percentage pourcentage|performance rendement
period periode|person personne|personal personnel|phone telephone|pick choisir|pilot essai|plan plan|platform plateforme|policy politique
polls sondage|portability reversibilite|portal portail|possible possible|post publier|posted publie|prefer preferer|preferred prefere|prepare preparer
prepares prepare|price prix|prices prix|pricing tarification|principle principe|principles principes|privacy renseignements personnels|private prive
problem probleme|procedure procedure|process processus|procurement acquisition|product produit|products produits|professional professionnel
program programme|prohibited interdit|project projet|projector projecteur|projectors projecteurs|promise promettre|promised promis|proof preuve
protect proteger|protection protection|prove prouver|provide fournir|provided fourni|provider fournisseur|providers fournisseurs|provides fournit
provision disposition|public public|publish publier|published publie|purchase achat|purchase-order commande|purchasing achat|qualified qualifie
qualify qualifier|quality qualite|quantity quantite|quarrel differend|quarter trimestre|quarterly trimestriel|quebec quebec|question question
questions questions|quickly rapidement|quit quitter|quote soumission|raise soulever|raises augmente|rate taux|rather plutot|rating note|reach joindre
read lire|real reel|reason raison|rebate rabais|receipt recu|receive recevoir|record dossier|records documents|recover recuperer|recurring recurrents
reduce reduire|refuse refuser|register inscrire|registration inscription|regulation reglement|rehire reconduire|reject refuser|reliable fiable
reminder rappel|remove retirer|renew renouveler|renewal renouvellement|renewed renouvele|report rapport|reporting rapport|reports rapports
request demande|require exiger|required requis|requirement exigence|requirements exigences|reseller revendeur|residence residence
residency hebergement|resolve regler|respond repondre|responsible responsable|result resultat|retain conserver|retention conservation
retrieve recuperer|review revision|right droit|rights droits|risk risque|risks risques|roadmap orientations|role role|rollout deploiement|room salle
rooms salles|rule regle|rules regles|same meme|satisfaction satisfaction|satisfied satisfait|save economiser|savings economies|scenario scenario
scenarios scenarios|schedule calendrier|school ecole|schools ecoles|score note|search chercher|seat licence|seats licences|second deuxieme
section section|sector secteur|security securite|select choisir|selection choix|self soi|sell vendre|seller vendeur|send envoyer|sensitive sensible
separate separe|server serveur|servers serveurs|service service|services services|seven sept|several plusieurs|share partager|sharing partager
sheet fiche|sheets fiches|short court|shortlist liste|shred detruire|sign signer|sign-off autorisation|signatory signataire|signature signature
signed signe|signing signature|signoff autorisation|signup inscription|simultaneous simultanes|simultaneously simultane|single seul|site site
size taille|skip sauter|slides presentation|slow lent|small petit|social reseau social|software logiciel|sole seul|solution solution|someone quelqu
source source|speak parler|special special|specific particulier|specifications specifications|specs specifications|spend depenser|spending depense
spreadsheet tableur|staff employes|stand signifie|standards normes|start demarrage|starting debut|starts commence|states etatsunis|stay rester
step etape|steps etapes|still encore|stop arreter|storage stockage|store stocker|stored heberge|strategy strategie|stronger plus eleve
subscribe abonner|subscription abonnement|subscriptions abonnements|sue poursuivre|suggest suggerer|suite suite|summary synthese|supplier fournisseur
suppliers fournisseurs|supply approvisionnement|support assistance|survey sondage|switch changer|switching changer|sync synchronisation|system systeme
systems systemes|table tableau|tailor adapter|tailored adapte|talk parler|tax taxe|teach apprendre|team equipe|technical technique|template modele
tender soumission appel|tendering soumission appel|term duree|terminate resilier|termination resiliation|terms conditions|terrible mauvais|test essai
testing essai|tests essais|third tiers|three trois|threshold seuil|ticket demande|time temps|toll sans frais|tool outil|tools outils|total total
tougher plus eleve|town ville|track suivi|train former|trainer formateur|training formation|transfer transferer|transition transition|treat traiter
treated considere|treatment traitement|trial essai|tripartite tripartite|troubleshoot depanner|try essayer|tutorial tutoriel|tutorials tutoriels
two deux|type type|types types|unavailable indisponible|unclear vague|understand comprendre|unhappy insatisfait|unit unite|united etatsunis
units unites|university universite|unrelated autre|update mise jour|updated mise jour|updates mises jour|upgrade mise niveau|upload televerser
use utiliser|useful utile|user utilisateur|username identifiant|users utilisateurs|valid valide|validate valider|value valeur|vanilla vanille
vendor fournisseur|vendors fournisseurs|version version|video visioconference|videoconference visioconference|wants veut|warranty garantie
website site|where ou|wiki guide|withdraw retirer|within dans|without sans|word texte|work travail|write ecrire|written ecrit|wrong mauvais|year an
yearly annuel|years ans
`;

const TRANSLATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  PAIRS.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(' '))
    .map(([english = '', ...french]) => [english, french]),
);

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that an English sentence cannot do without, and that are not French. */
const ENGLISH_GRAMMAR = list(`
the is are was were be been being what how does do did can could we our ours you your i my his her they them their who whom whose when where
why which should would will shall may might must have has had having of for if with from to in into out it its this that these those there
here not no and any all some both each than then through about up one there by at us as an or so just only own more most much many very too
get gets got let make makes made take takes go goes going isn doesn don aren wasn won vs before after while during`);

/** Words that are as much French as English, and so prove neither. */
const BOTH = list(`
a on me an as or in us note notes charge charges court fine long main mode office permit place point rate rates site use uses table date dates
tests type types version question questions option options service services support documents document contact client clients audit audits
do go no one plus second source legal total total final plan minutes code centre centres conference suite video post cloud app budget`);

const FRENCH_GRAMMAR = list(`
le la les un une des du de l d et est qui que quoi qu pour dans au aux sur nos notre nous vos votre vous par avec pas ce c ca cette ces il elle
je j tu on ils elles sont ont avoir faut peut peux mon ma mes son sa ses leur leurs ou quand comment combien pourquoi quel quelle quels quelles
si y en ne n se s t m ai as sans chez entre encore aussi tout tous toute bien fait faire doit chu pis`);

/** How an English word may be bent, and what may stand in the place of its ending. */
const ENDINGS: readonly [RegExp, readonly string[]][] = [
  [/ies$/, ['y']],
  [/e?s$/, ['', 'e']],
  [/(.)\1(?:ed|ing)$/, ['$1']],
  [/(?:ed|ing|ings)$/, ['', 'e']],
];

function translationOf(word: string): readonly string[] | undefined {
  const known = TRANSLATIONS.get(word);
  if (known || word.length < 5) return known;
  for (const [ending, stems] of ENDINGS) {
    for (const stem of ending.test(word) ? stems : []) {
      const found = TRANSLATIONS.get(word.replace(ending, stem));
      if (found) return found;
    }
  }
  return undefined;
}

/** Whether some words are an English sentence: more of them are English and nothing else than French. */
export function areEnglish(words: readonly string[]): boolean {
  let balance = 0;
  for (const word of words) balance += leaningOf(word);
  return balance > 0;
}

/** 1 for a word that is English and not French, -1 for one that is French and not English, 0 for others. */
const leaningOf = remembered((word) => {
  if (BOTH.has(word)) return 0;
  if (FRENCH_GRAMMAR.has(word)) return -1;
  return ENGLISH_GRAMMAR.has(word) || isPlainlyEnglish(word) ? 1 : 0;
});

/** Words in French: those of an English sentence translated one by one, the others unchanged. */
export function inFrench(words: readonly string[]): readonly string[] {
  if (!areEnglish(words)) return words;
  return words.flatMap((word) => translationOf(word) ?? (ENGLISH_GRAMMAR.has(word) ? [] : [word]));
}

/** Whether a word is English and could not be French: its translation is another word. */
function isPlainlyEnglish(word: string): boolean {
  const translation = TRANSLATIONS.get(word);
  return translation !== undefined && !translation.includes(word);
}
