/** English words of this field, and their French counterparts, which the index knows. */
const PAIRS = `
accept accepter|access acces|account compte|accounting comptabilite|acquire acquerir|acquisition acquisition|activate activer
activation activation|add ajouter|additional supplementaire|address adresse|advantage avantage|advantages avantages|advice conseil
advise conseiller|agency organisme|agreement entente|allow permettre|allowed permis|already deja|always toujours|amendment avenant
amend modifier|amount montant|annual annuel|answer reponse|apply appliquer|approval autorisation|approve autoriser|archive archiver
ask demander|asset immobilisation|assistance assistance|attend participer|audit audit|auditor auditeur|audits audits|authorization autorisation
authorize autoriser|available disponible|availability disponibilite|avoid eviter|before avant|beginning debut|benefit avantage|benefits avantages
best meilleur|between entre|bid soumission|bill facture|billed facture|billing facturation|book reserver|boss patron|breach bris|break bris
broker courtier|budget budget|business affaires|buy acheter|buying achat|buyer acheteur|calculate calculer|calculation calcul|call appel
canada canada|canadian canadien|cancel annuler|capital capital|catalog catalogue|catalogue catalogue|categories categories|category categorie
certification certification|change changer|changed change|changes changements|charge frais|charged facture|cheap bas|cheaper moins cher
cheapest plus bas|choice choix|choose choisir|city ville|clause clause|clauses clauses|client client|close fermer|cloud infonuagique
collaboration collaboration|commit engager|commitment engagement|company compagnie|compare comparer|comparison comparaison|compensation compensation
complaint plainte|complain plaindre|compliant conforme|comply conformer|condition condition|conditions conditions|confidential confidentiel
confirm confirmer|consultant consultant|consultants consultants|contact contacter|contract contrat|contracts contrats|contractual contractuel
copy copie|cost cout|costs couts|country pays|crash panne|criteria criteres|criterion critere|current actuel|customer client
data donnees|date date|day jour|days jours|deadline delai|decide decider|decision decision|define definir|definition definition
delay delai|delete supprimer|deliver livrer|demo demonstration|department ministere|deploy deployer|deputy sous-ministre|description description
details details|difference difference|different different|disagree desaccord|disagreement differend|dispute differend|document document
documents documents|documentation documentation|down panne|downtime panne|duration duree|during pendant|duty obligation|duties obligations
early avance|eligible admissible|eligibility admissibilite|email courriel|emails courriels|employee employe|end fin|ends termine|ending fin
enough assez|entry entree|estimate estimer|evaluate evaluer|evaluation evaluation|exit sortie|expensive cher|experience experience|expire expirer
expires expire|explain expliquer|extend prolonger|extension prolongation|extra supplementaire|fail manquer|fails manque|failure defaillance
faq faq|fee frais|fees frais|file dossier|files fichiers|fill remplir|find trouver|fine amende|finance finances|first premier|foreign etranger
form formulaire|framework cadre|free gratuit|general general|get obtenir|give donner|glossary glossaire|good bon|government gouvernement
guide guide|guideline orientation|happens arrive|head dirigeant|help aide|high eleve|higher plus eleve|hire engager|host heberger
hosted heberge|hosting hebergement|hospital hopital|hours heures|impact impact|impacts impacts|implementation implantation|include inclure
included inclus|increase augmenter|information renseignements|install installer|installation installation|invoice facture|invoices factures
jurisdiction juridiction|keep conserver|kickoff rencontre demarrage|law loi|lawyer juriste|lawyers juristes|learn apprendre|leave quitter
leaving sortie|legal juridique|length duree|level niveau|licence licence|licences licences|license licence|licenses licences|limit limite
limits limites|list liste|located situe|location emplacement|log connexion|login identifiant|long duree|longer plus longtemps|lower moins
lowest plus bas|mail courriel|mailbox courriel|maintain maintenir|manage gerer|management gestion|manager gestionnaire|mandatory obligatoire
maximum maximum|mean signifie|means signifie|measure mesure|meeting rencontre|meet rencontrer|member membre|method methode|microsoft microsoft
migrate migrer|migration migration|minimum minimum|ministry ministere|missing manquant|modify modifier|money argent|month mois|months mois
move transferer|municipality municipalite|must obligatoire|name nom|need besoin|needs besoins|negotiate negocier|negotiable negocier
new nouveau|notice avis|number nombre|obligation obligation|offer offre|offers offres|offering offre|office bureautique|official officiel
old ancien|online ligne|only seulement|open ouvrir|option option|options options|order commande|organization organisation|other autre|outage panne
outside hors|own propre|owner proprietaire|paper papier|parallel parallele|parties parties|party partie|password mot passe|pay payer
payment paiement|penalties penalites|penalty penalite|per par|percent pourcentage|percentage pourcentage|performance rendement|period periode
person personne|personal personnel|phone telephone|pick choisir|pilot essai|plan plan|portal portail|possible possible|post publier|prepare preparer
price prix|prices prix|pricing tarification|private prive|problem probleme|procedure procedure|process processus|procurement acquisition
product produit|products produits|professional professionnel|program programme|project projet|proof preuve|protect proteger|protection protection
prove prouver|provide fournir|provided fourni|provider fournisseur|providers fournisseurs|public public|publish publier|published publie
purchase achat|purchasing achat|qualified qualifie|quantity quantite|quarter trimestre|quarterly trimestriel|quebec quebec|question question
questions questions|quote soumission|rate taux|read lire|reason raison|receive recevoir|record dossier|records documents|reduce reduire|refuse refuser
reject refuser|regulation reglement|reminder rappel|remove retirer|renew renouveler|renewal renouvellement|report rapport|reports rapports
request demande|require exiger|required requis|requirement exigence|requirements exigences|residency hebergement|resolve regler|responsible responsable
result resultat|retain conserver|retention conservation|review revision|right droit|rights droits|risk risque|role role|rule regle|rules regles
same meme|satisfaction satisfaction|save economiser|savings economies|scenario scenario|scenarios scenarios|school ecole|search chercher
second deuxieme|section section|security securite|seat licence|seats licences|select choisir|selection choix|sell vendre|seller vendeur
send envoyer|sensitive sensible|server serveur|servers serveurs|service service|services services|share partager|sheet fiche|sheets fiches
short court|shortlist liste|sign signer|signature signature|signed signe|signing signature|site site|size taille|software logiciel|solution solution
someone quelqu|specific particulier|staff employes|start demarrage|starting debut|steps etapes|step etape|still encore|stop arreter|storage stockage
store stocker|subscription abonnement|subscriptions abonnements|supplier fournisseur|suppliers fournisseurs|support assistance|survey sondage
switch changer|tax taxe|team equipe|technical technique|template modele|term duree|terminate resilier|termination resiliation|terms conditions
test essai|testing essai|tests essais|third tiers|three trois|threshold seuil|time temps|tool outil|tools outils|total total|track suivi
train former|training formation|transfer transferer|transition transition|treat traiter|trial essai|tripartite tripartite|try essayer|two deux
type type|types types|understand comprendre|unit unite|units unites|update mise jour|updated mise jour|updates mises jour|upgrade mise niveau
upload televerser|use utiliser|user utilisateur|users utilisateurs|useful utile|valid valide|validate valider|value valeur|vendor fournisseur
vendors fournisseurs|version version|videoconference visioconference|warranty garantie|website site|within dans|withdraw retirer|work travail
write ecrire|written ecrit|wrong mauvais|year an|years ans|yearly annuel|states etatsunis|united etatsunis|cannot impossible|afford payer
happy satisfait|unhappy insatisfait|score note|rating note|grade note|kept conserve|leaves quitte|goes va|broken bris|sue poursuivre|court tribunal
`;

const TRANSLATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  PAIRS.trim()
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(' '))
    .map(([english = '', ...french]) => [english, french]),
);

const MARKERS = new Set(
  'the is are what how do does can we our you your i my who when where why which should must have has need want if for with from of to in it this that there not will would be been they them us any an and or'.split(
    ' ',
  ),
);

/** Words in French: unchanged, unless at least a third of them are English grammar; then word for word. */
export function inFrench(words: readonly string[]): readonly string[] {
  const markers = words.filter((word) => MARKERS.has(word)).length;
  if (words.length === 0 || markers / words.length < 0.28) return words;
  return words.flatMap((word) => (MARKERS.has(word) ? [] : (TRANSLATIONS.get(word) ?? [word])));
}
