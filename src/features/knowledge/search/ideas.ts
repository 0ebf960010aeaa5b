/**
 * Ideas of this field, each with the words and expressions by which people name it: a line each, its
 * first word being its name. Folded; `_` joins an expression, whose words may be longer in the text.
 * A word may stand on several lines; inflections follow by their stem.
 */
const LINES = `
fournisseur vendeur compagnie editeur soumissionnaire firme fabricant marchand revendeur geant manufacturier entreprise cie microsoft google
prestataire firme consultant integrateur professionnel pigiste conseiller contractuel main_d_oeuvre services_pro charge_de_projet monde_sur_place gestionnaire_de_projet ressource_externe sous-traitant
infonuagique nuage cloud saas infonuage nuagique en_ligne virage_numerique heberge_ailleurs
contrat entente convention deal accord engagement pacte contractuel
produit offre solution outil logiciel application appli app suite plateforme systeme technologie programme forfait package progiciel soft module
licence compte abonnement unite siege souscription jeton place
usager utilisateur employe collegue personnel effectif tete monde etudiant stagiaire benevole
prix cout tarif montant couter cher dollar piasse tarification somme coute combien_ca
payer facturer facture paiement rembourser debourser verser acquitter facturation
frais commission redevance cotisation cote-part courtage pourcentage surcharge cote ponction majoration
budget financier fonds sous enveloppe budgetaire finances argent credits
duree longtemps periode terme durer pluriannuel combien_de_temps mois annees ans
maximum max plafond limite depasser au_dela maximal exceder au_plus jusqu_a jusqu_ou illimite
minimum min plancher minimal au_moins
seuil montant valeur trop_gros trop_petit petit_contrat gros_contrat million milliers
fin finir terminer expirer echeance achever echoir bout_du_contrat arriver_a_terme ecoule achevement
resilier resiliation casser annuler mettre_fin mis_fin rompre canceller dechirer desister rupture se_debarrasser
sortie sortir quitter partir depart s_en_aller changer_de_fournisseur changer_d_outil rapatrier reversibilite recuperer lacher nouveau_fournisseur autre_fournisseur
renouveler prolonger reconduire etirer allonger extension prolongation renouvellement reconduction option_de
rester continuer poursuivre meme_fournisseur meme_compagnie meme_vendeur meme_editeur reprendre recontracter garder_notre garder_le rempiler
modifier changer avenant amender ajuster amendement modification rajuster addenda retoucher reviser revoir changement
ajouter rajouter augmenter supplementaire additionnel extra bonifier surplus joindre annexer inserer inclure
reduire diminuer baisser couper retrancher retirer enlever supprimer moins_de
essai tester test pilote bancessai preuveconcept essayer demo demonstration prototype experimenter bac_a_sable experimentation mettre_a_l_epreuve a_l_essai se_faire_une_idee toucher_a voir_en_vrai a_blanc avant_d_acheter avant_l_achat
gratuit sans_frais payant gratos cout_zero gratuitement rien_payer
signer signature signataire conclure parapher signe
avant prealable prealablement d_avance avant_meme anticiper
autorisation autoriser approbation approuver permission feu_vert aval enteriner accord_du benediction accepter
dirigeant patron boss sous-ministre directeur dg president haute_direction superieur pdg cadre gestionnaire chef
justification justifier motiver defendre argument argumentaire motif raison expliquer_le_choix
courtier cspq intermediaire broker dgsgc courtage
intermediaire acteur groupe equipe unite direction_generale decret organisme_central
catalogue vitrine magasin liste repertoire inventaire etalage bibliotheque boutique portail site
portail site adresse_web lien url page internet en_ligne
fiche feuille brochure descriptif depliant document_du_fournisseur fiche_technique fiche_produit
hebergement heberger serveur datacenter centre_de_donnees centres_de_donnees stockage stocker entreposer entreposage emplacement localisation residence resider dormir situe lieu physiquement
donnees renseignement information fichier contenu dossier
etranger hors_quebec exterieur ailleurs pays frontiere international europe irlande france inde mondial outre-mer hors_canada texas virginie allemagne
canada canadien ontario toronto sol_canadien
etatsunis americain usa patriot texas virginie
securite securitaire cybersecurite protection proteger cyber rssi robuste securise ciso chiffrement norme piratage
confidentiel confidentialite personnel prive vie_privee sensible prp nominatif secret renseignements_personnels citoyen
incident faille breche fuite vol piratage pirate hack fuiter intrusion cyberattaque bris hacker voler coule rancongiciel vole
panne interruption defaillance planter indisponible indisponibilite lenteur ralentissement plante coupure disponibilite lent niveaux_de_service
penalite amende sanction dedommagement compensation punir indemnite dommages consequence dedommager
audit verification certification attestation soc iso conformite preuve certificat verificateur auditeur conforme verifier rapport
rapport compte_rendu reddition reddition_de_compte releve statistique
formation former apprendre cours tutoriel capsule mode_d_emploi apprentissage enseigner atelier formateur webinaire
langue francais anglais francophone anglophone bilingue version_francaise
assistance soutien support depannage depanner technicien centre_d_aide pepin bogue bug aide_technique planter
activation activer mise_en_service mise_en_route ouvrir_les_comptes creer_les_comptes brancher tenant acces fonctionnel
demarrage debuter commencer debut entamer lancer lancement partir_le_projet
implantation deploiement installation configurer configuration mise_en_oeuvre integration implanter deployer installer parametrer mise_en_place
migration migrer transfert transferer demenager demenagement transition bascule basculer virage passage deplacer transporter
entree embarquer arrivee integrer mise_en_route demarrer activites_d_entree accompagnement
accompagnement accompagner guider aide aider epauler conseiller soutenir main_tenue
evaluation evaluer noter rendement satisfaction appreciation bulletin bilan grille note performance evaluer_le_fournisseur
annuel annuellement tous_les_ans chaque_annee par_annee annee en_cours_de_route mi-parcours
probleme difficulte souci pepin ennui trouble
plainte plaindre mecontent insatisfait insatisfaction decu pas_content signaler denoncer deception commentaire suggestion suggerer ameliorer critiquer
differend litige conflit chicane desaccord dispute tribunal poursuite brouille mediation arbitrage mise_en_demeure s_entend_plus s_entendre obstiner pas_d_accord interpreter trancher
papiers documents pieces archives dossier paperasse copie documentation document
conserver garder archiver conservation detruire jeter retention dechiqueter preserver
transmettre envoyer remettre acheminer faire_parvenir expedier transmission
publier publication afficher seao divulguer declarer affichage publiciser diffusion annoncer rendre_public
obligatoire obligation oblige forcer contraint tenu imposer requis exiger obliger force devoir
permis droit_de droit possible autorise legal interdit defendu correct a_le_droit
admissible eligible admissibilite habilite assujetti eligibilite clientele beneficiaire ouvert_pour concerne
municipalite ville mrc municipal cegep universite hopital ecole reseau_de_la_sante ciusss cisss paramunicipal societe_d_etat scolaire village etablissement
besoin exigence critere requis necessite attente specification
critere facteur aspect non_monetaire qualite compatibilite ergonomie autre_que_le_prix autre_chose_que
choisir choix selection retenir opter decider trancher selectionner preferer prefere decision
comparer comparaison comparatif scenario versus opposer departager
calcul calculer estimer estimation chiffrer compter simulation evaluer_les_couts
moins_cher plus_bas economique avantageux meilleur_prix aubaine economies le_moins_cher plus_cher plus_dispendieux pas_le_moins bas_prix moindre
negocier negociation marchander rabais escompte ristourne remise concession prix_special meilleur_deal marge_de_manoeuvre beton discuter_le_prix
clause condition modalite disposition petits_caracteres stipulation article termes
sur_mesure personnaliser adapter maison personnalisation personnalise developper programmer coder vanille adaptation juste_pour_nous customiser ajouts_sur_mesure developpement
technique fonctionnalite ti informatique informaticien architecte fonction compatibilite compatible specifications interoperable annuaire
precision clarification eclaircissement details question_technique vague pas_clair flou incomplet pas_assez
joindre contacter telephone adresse coordonnees rejoindre numero courriel ecrire appeler s_adresser a_qui_parler telephoner
impact consequence effet repercussion influence retombee facons_de_faire facons_de_travailler bouleversement
courriel messagerie outlook exchange gmail boite_courriel adresse_electronique boites_de_reception boite
bureautique collaboration collaboratif word excel tableur traitement_de_texte powerpoint office presentation
juriste avocat juridique legal loi reglement contentieux affaires_juridiques lcop rcti notaire
comptable comptabilite comptabiliser immobilisation amortir capitaliser investissement capital charge depense actif immobiliser amortissement passer_en_depense controleur vie_utile
trimestre trimestriel trois_mois quart quatre_fois
identifiant mot_de_passe login acces connexion connecter mdp motdepasse bloque barre username
simultane parallele en_meme_temps deux_contrats plusieurs_contrats double multiple chevauchement cumuler deux_fournisseurs plusieurs_fournisseurs plus_d_un deuxieme_contrat moitie actifs
version a_jour recent dernier mise_a_jour perime desuet actuel ancien vieux vieille
avis notification alerte abonner liste_de_diffusion prevenir tenir_au_courant aviser avertir infolettre inscrire
historique modifications changements_aux_fiches ce_qui_a_change nouveautes
refuser rejeter ecarter exclure refus dire_non s_opposer dit_non accepter
rencontre reunion meeting conference ordre_du_jour appel_de_depart
temoignage partager reference temoigner raconter retour_d_experience experience vecu exemple_pour avis_d_autres autres_clients autres_organisations
etape processus procedure demarche marche_a_suivre cheminement par_ou_commencer parcours deroulement resume suite_des_choses
definition signifier signifie veut_dire definis vocabulaire glossaire lexique c_est_quoi designe au_sens_du mot definir terme
role mandat mission fonctions sert faire_affaire
avantage benefice interet gain plus-value atout pourquoi_passer donne_de_plus vaut_la_peine
gre_a_gre appeldoffres soumission concours mise_en_concurrence concurrence sans_concours invitation
visioconference video zoom webex visio visioconferences
sondage questionnaire formulaire
quantite nombre volume dimensionner combien quantites consommation
absent introuvable manquant pas_dans_le_catalogue hors_catalogue n_y_est_pas pas_inscrit pas_dans_la_liste pas_offert trouve_pas pas_trouve pas_dans_vos n_existe_pas nest_pas_la niche besoin_particulier
urgent rapidement presse court_terme urgence vite
delai retard tarder attendre date_limite jours_ouvrables
risque danger risquer dangereux
achat acheter acquerir acquisition approvisionnement approvisionner commander magasiner procurer achats
bien approvisionnement location louer nature_du_contrat biens
responsable responsabilite charge_de s_occuper s_occupe prendre_en_charge incomber revenir_a a_notre_charge gerer administrer gestion
initiative projet chantier
gabarit modele formulaire exemplaire annexe canevas
ministere organisme organisation secteur_public direction
specialiste expertise expert pole connaisseur notions orientation
personne-ressource personnes-ressources representant contact_technique responsable_technique
tripartite trois_parties partie_au_contrat lie_par_contrat lies_par cosigner a_deux a_trois
article_48 rcti_48 art_48
inexact erreur errone faute coquille corriger
engagement engager minimal lie
ajouts_unites plus_de_comptes plus_de_licences nouveaux_employes
indexation augmenter_chaque gele fixe hausse augmentation
commande bon_de_commande
consommation utilisation
ressource salle projecteur tele equipement generique partage partagee
lettre_de avis_ecrit ecrit
loi_25 loi_sur_l_acces prp equivalence ocde
preuve_de_conformite demonstration_de_securite
qualifier qualification qualifie qualifies en_analyse homologuer
inclus inclure compris comprise fourni fournir inclusion incluse contenir contient couvert couvrir couvre dedans offert offerte vient_avec fournie inclut integre
preparer prepare rediger redige monter batir elaborer produire remplir composer
quand moment date jour semaine heure calendrier echeancier planifier prevoir prevu prevoit echeance
analyse analyser etude etudier examiner evaluer reflexion reflechir
ententecadre accord_general accord_de_principe entente_generale parapluie cadre
difference different distinguer distinction versus nuance confondre mele
recevoir obtenir recu livrer livre
remplacer remplacement changer substituer
recommencer refaire resigner repasser a_nouveau encore_une_fois
montrer prouver demontrer valider verifier verification controle controler demontre preuve
lieu endroit province emplacement
taux pourcentage taxe
embaucher engager recruter
jaser discuter parler echanger entendre_parler s_entretenir
arrimer coordonner harmoniser synchroniser concorder
classification code categorie champ rubrique case coche cocher unspsc
autonome autonomie debrouiller eux-memes seul nous-memes soi_meme
consentement transparence finalite principe vie_privee
composant composante morceau partie inclusions element
fermer cloture cloturer terminer
suivre suivi surveiller documenter consigner traces
convaincre vanter vendre_l_idee avantages
acheteur approvisionneur charge_d_achat responsable_des_approvisionnements
officiel formel valide
portee etendue elargir perimetre
tomber defaillant briser casse
repondre reponse
tri nettoyer menage classer
duplicata doublon double payer_deux_fois racheter
vie_utile manuel_de_comptabilite etats_financiers ecriture_comptable
concret concretement terrain maquette
apercu synthese vue_d_ensemble tableau resume sommaire filtre
`;

/** For each idea its name, and the words and expressions that name it. */
export const IDEAS: readonly { readonly name: string; readonly words: readonly string[] }[] = LINES.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map((words) => ({ name: `#${words[0]}`, words }));
