// Tout ce qu'il faut à Courtier dans Azure, dans un groupe de ressources.
//   az deployment group create -g GROUPE -f infra/main.bicep -p infra/parameters.production.json -p image=… (docs/azure.md)
// Rien ici n'a pu être compilé là où c'est écrit : `az bicep build -f infra/main.bicep` le fait dans l'intégration continue.

targetScope = 'resourceGroup'

@description('Nom court, qui commence celui de chaque ressource.')
@minLength(3)
@maxLength(12)
param name string
param location string = resourceGroup().location
@description('L’image : registre/nom@empreinte.')
param image string
@description('Registre d’où elle vient, quand il demande une identité ; vide : un registre public.')
param registryServer string = ''
@description('Application Entra du bot, quand il sert plusieurs organisations ; vide : l’identité gérée est le bot.')
param botAppId string = ''
@description('L’identité gérée tient lieu de secret à cette application, par une identité fédérée ; sinon, un secret au coffre.')
param botFederated bool = true
@description('Dernier jour du secret de cette application, comme 2027-06-30 ; sans secret, vide.')
param botSecretExpires string = ''
@description('Locataires servis ; vide : celui du déploiement.')
param allowedTenants array = []
@description('Identifiants d’objet Entra des premiers administrateurs de Courtier.')
param brokerAdmins array
@description('Boîte aux lettres dont l’agenda est celui du Courtier ; vide : l’agenda intégré.')
param graphCalendar string = ''
@description('Boîte aux lettres d’où le Courtier écrit aux fournisseurs ; vide : l’équipe ouvre un courriel prêt à envoyer.')
param graphMailbox string = ''
@description('Locataires dont l’annuaire peut être lu pour les avis, séparés par des virgules ; vide : aucun.')
param graphDirectory string = ''
@description('Courtier dans le catalogue d’applications, ou locataire/identifiant, séparés par des virgules ; vide : il n’installe rien.')
param graphTeamsAppId string = ''
@description('Un avis attend-il l’approbation d’une seconde personne ?')
param broadcastApproval bool = false
@description('Les autres variables de docs/configuration.md, par leur nom, sauf les secrets.')
param options object = {}
@description('Groupe ou personne Entra qui administre la base de données.')
param databaseAdminObjectId string
param databaseAdminName string
@allowed(['User', 'Group'])
param databaseAdminType string = 'Group'
@description('Plusieurs zones, pour les processus et pour la base : production seulement.')
param highlyAvailable bool = false
param databaseSku string = 'Standard_B2s'
@allowed(['Burstable', 'GeneralPurpose'])
param databaseTier string = 'Burstable'
@minValue(7)
@maxValue(35)
param backupDays int = 14
@minValue(1)
@maxValue(10)
param replicas int = 2
param logDays int = 30
@description('Adresse qui reçoit les alertes ; vide : personne.')
param alertEmail string = ''

var tags = { application: 'courtier', environment: name }
var ofApplication = !empty(botAppId)
var withSecret = ofApplication && !botFederated

// L'identité des processus : elle parle à la base, au coffre et au registre, sans secret.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
  tags: tags
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
  }
}

module network 'network.bicep' = {
  name: 'network'
  params: { name: name, location: location, tags: tags }
}

module database 'database.bicep' = {
  name: 'database'
  params: {
    name: name
    location: location
    tags: tags
    subnetId: network.outputs.databaseSubnetId
    dnsZoneId: network.outputs.databaseDnsZoneId
    identityName: identity.name
    identityPrincipalId: identity.properties.principalId
    adminObjectId: databaseAdminObjectId
    adminName: databaseAdminName
    adminType: databaseAdminType
    sku: databaseSku
    tier: databaseTier
    highlyAvailable: highlyAvailable
    backupDays: backupDays
    workspaceId: workspace.id
  }
}

module vault 'vault.bicep' = if (withSecret) {
  name: 'vault'
  params: {
    name: name
    location: location
    tags: tags
    readerPrincipalId: identity.properties.principalId
    workspaceId: workspace.id
  }
}

module app 'app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    tags: tags
    image: image
    registryServer: registryServer
    replicas: replicas
    zoneRedundant: highlyAvailable
    subnetId: network.outputs.appSubnetId
    workspaceName: workspace.name
    identityId: identity.id
    identityClientId: identity.properties.clientId
    botId: ofApplication ? botAppId : identity.properties.clientId
    botType: ofApplication ? 'SingleTenant' : 'UserAssignedMSI'
    botSecretUrl: withSecret ? vault!.outputs.botSecretUrl : ''
    botSecretExpires: botSecretExpires
    botFederatedIdentity: ofApplication && botFederated ? identity.properties.clientId : ''
    allowedTenants: empty(allowedTenants) ? [tenant().tenantId] : allowedTenants
    brokerAdmins: brokerAdmins
    graphCalendar: graphCalendar
    graphMailbox: graphMailbox
    graphDirectory: graphDirectory
    graphTeamsAppId: graphTeamsAppId
    broadcastApproval: broadcastApproval
    options: options
    databaseHost: database.outputs.host
    databaseUser: identity.name
  }
}

module bot 'bot.bicep' = {
  name: 'bot'
  params: {
    name: name
    tags: tags
    appId: ofApplication ? botAppId : identity.properties.clientId
    identityId: ofApplication ? '' : identity.id
    endpoint: 'https://${app.outputs.host}/api/messages'
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${name}-alerts'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [
      { name: 'garde', emailAddress: alertEmail, useCommonAlertSchema: true }
    ]
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    workspaceId: workspace.id
    appName: app.outputs.appName
    actionGroupId: empty(alertEmail) ? '' : people.id
    location: location
    tags: tags
  }
}

// Sous les noms de l'environnement de Courtier : Agents Toolkit les y écrit tels quels.
output PUBLIC_URL string = 'https://${app.outputs.host}'
output BOT_ID string = ofApplication ? botAppId : identity.properties.clientId
output BOT_TYPE string = ofApplication ? 'SingleTenant' : 'UserAssignedMSI'
@description('Sujet de l’identité fédérée de l’application Entra.')
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
output BOT_TENANT_ID string = tenant().tenantId
