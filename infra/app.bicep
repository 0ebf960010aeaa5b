// Les processus, dans Container Apps.
param name string
param location string
param tags object
param image string
param registryServer string
param replicas int
@description('Les processus dans plusieurs zones ; ne se change plus une fois créé.')
param zoneRedundant bool
param subnetId string
param workspaceName string
param identityId string
param identityClientId string
param botId string
@allowed(['SingleTenant', 'UserAssignedMSI'])
param botType string
param botSecretUrl string
@description('Identité gérée qui tient lieu de secret à l’application ; vide : aucune.')
param botFederatedIdentity string
param botSecretExpires string
param allowedTenants array
param brokerAdmins array
param graphCalendar string
param graphMailbox string
param graphDirectory string
param graphTeamsAppId string
param broadcastApproval bool
@description('D’autres variables, par leur nom ; aucun secret.')
param options object
param databaseHost string
param databaseUser string

var port = 3978
var adminPort = 3979
var withSecret = !empty(botSecretUrl)
var databaseUrl = 'postgres://${uriComponent(databaseUser)}@${databaseHost}:5432/courtier'

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId }
    zoneRedundant: zoneRedundant
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
  }
}

var settings = [
  { name: 'PORT', value: string(port) }
  { name: 'ADMIN_PORT', value: string(adminPort) }
  { name: 'PUBLIC_URL', value: 'https://${name}.${environment.properties.defaultDomain}' }
  { name: 'BOT_ID', value: botId }
  { name: 'BOT_TYPE', value: botType }
  { name: 'BOT_TENANT_ID', value: tenant().tenantId }
  { name: 'BOT_FEDERATED_IDENTITY', value: botFederatedIdentity }
  { name: 'ALLOWED_TENANTS', value: join(allowedTenants, ',') }
  { name: 'BROKER_ADMINS', value: join(brokerAdmins, ',') }
  { name: 'DATABASE_URL', value: databaseUrl }
  { name: 'DATABASE_AUTH', value: 'entra' }
  { name: 'DATABASE_IDENTITY', value: identityClientId }
  { name: 'FIGURES_SECONDS', value: '60' }
  { name: 'GRAPH_CALENDAR', value: graphCalendar }
  { name: 'GRAPH_MAILBOX', value: graphMailbox }
  { name: 'GRAPH_DIRECTORY', value: graphDirectory }
  { name: 'GRAPH_TEAMS_APP_ID', value: graphTeamsAppId }
  { name: 'BROADCAST_APPROVAL', value: broadcastApproval ? 'true' : 'false' }
]
// string(true) donne « True », que Courtier refuse.
var otherSettings = [
  for option in items(options): {
    name: option.key
    value: contains(['True', 'False'], string(option.value)) ? toLower(string(option.value)) : string(option.value)
  }
]
var secretSettings = withSecret
  ? [
      { name: 'BOT_PASSWORD', secretRef: 'bot-password' }
      { name: 'BOT_PASSWORD_EXPIRES', value: botSecretExpires }
    ]
  : []

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryServer) ? [] : [{ server: registryServer, identity: identityId }]
      secrets: withSecret ? [{ name: 'bot-password', keyVaultUrl: botSecretUrl, identity: identityId }] : []
    }
    template: {
      // Vingt-cinq secondes suffisent à un arrêt ; le reste est la marge de l'hébergeur.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'courtier'
          image: image
          resources: { cpu: json('1.0'), memory: '2Gi' }
          env: concat(settings, otherSettings, secretSettings)
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: adminPort }
              periodSeconds: 5
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: adminPort }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: adminPort }
              periodSeconds: 5
              timeoutSeconds: 4
              failureThreshold: 2
            }
          ]
        }
      ]
      // Un nombre fixe : la base compte les connexions, et un processus qui dort ne livrerait aucun avis.
      scale: { minReplicas: replicas, maxReplicas: replicas }
    }
  }
}

output host string = app.properties.configuration.ingress.fqdn
output appName string = app.name
