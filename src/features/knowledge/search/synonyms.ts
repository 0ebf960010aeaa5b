/**
 * Words of one idea, as people here say them, by line. A word of the query also counts, for less, as
 * the others of its line. Folded, without accents; a word may stand on several lines.
 */
const GROUPS = `
fournisseur vendeur compagnie entreprise editeur soumissionnaire prestataire firme vendor supplier
infonuagique nuage cloud saas infonuage
contrat entente engagement convention marche accord
offre produit solution outil logiciel appli application suite service
licence compte abonnement unite siege utilisateur usager poste
prix cout tarif montant facture argent budget depense cher
frais commission redevance cotisation cote-part
duree longueur temps periode terme echeance
fin terminer finir expirer echeance resiliation quitter sortir partir
prolonger renouveler reconduire etendre prolongation renouvellement option
modifier changer changement modification avenant amender ajuster
ajouter augmenter plus supplementaire additionnel bonifier
reduire diminuer moins baisser couper
essai tester test pilote bancessai preuveconcept essayer demo demonstration prototype
gratuit free sansfrais
signer signature signataire conclure
autorisation autoriser approbation approuver permission accord
dirigeant patron boss sous-ministre sousministre directeur dg president haut
courtier cspq broker
catalogue liste repertoire magasin vitrine
fiche document feuille
hebergement heberger serveur datacenter stockage entreposer emplacement localisation
donnees renseignements information dossiers fichiers
exterieur hors etranger ailleurs
canada canadien
etatsunis americain amerique
securite securitaire protection proteger confidentialite
sensible confidentiel personnel prive critique
panne bris interruption defaillance tomber planter indisponible
penalite amende sanction dedommagement compensation credit
audit verification certification rapport attestation soc
formation former apprendre cours apprentissage
assistance soutien support aide depannage helpdesk
activation activer demarrage implantation deploiement installation configurer configuration mise
entree migration migrer transition transfert transferer demenager
sortie transition transfert quitter recuperer
evaluation evaluer satisfaction sondage appreciation rendement note questionnaire
plainte differend litige conflit chicane desaccord dispute insatisfaction
documents papiers pieces archives dossier
conserver garder archiver conservation calendrier
publier publication afficher seao annoncer
obligatoire oblige obligation force forcer contraint
admissible eligible admissibilite eligibilite clientele beneficiaire
municipalite ville mrc commission cegep universite hopital ecole reseau
besoin exigence critere requis necessite
choisir choix selection selectionner retenir opter
comparer comparaison comparatif scenario
bas moindre economique avantageux
professionnel consultant expert conseiller ressource accompagnement
tripartite trois parties
conditions clauses termes modalites
propre particulier specifique maison
technique fonctionnel ti informatique
question precision demande renseignement
joindre contacter communiquer appeler ecrire telephone courriel adresse coordonnees
impact consequence effet changement
courriel messagerie outlook exchange gmail
bureautique office collaboration collaboratif
juriste avocat juridique legal droit loi reglement lcop rcti
finances comptable comptabiliser comptabilite immobilisation charge capitaliser depense
trimestre trimestriel quart
minimum minimal plancher
maximum maximal plafond limite
identifiant motdepasse login acces connexion mdp connecter
simultane parallele meme temps plusieurs
version mise-a-jour jour recent dernier courant
refuser rejeter ecarter exclure refus
rencontre reunion appel meeting kickoff demarrage
experience temoignage partager retour
`;

const lines = GROUPS.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

/** For each word of the list, the others of its lines. */
export const SYNONYMS: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    for (const word of line)
      found.set(word, [...(found.get(word) ?? []), ...line.filter((other) => other !== word)]);
  }
  return found;
})();
