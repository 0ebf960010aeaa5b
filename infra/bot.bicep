// La ressource Azure Bot et son canal Teams. MultiTenant n'est plus accepté : SingleTenant, même pour plusieurs organisations.
param name string
param tags object
param appId string
@description('L’identité gérée qui est le bot ; vide : une application Entra.')
param identityId string
param endpoint string

// Le nom d'un bot est unique dans tout Azure.
resource bot 'Microsoft.BotService/botServices@2021-03-01' = {
  name: '${name}-bot-${uniqueString(resourceGroup().id)}'
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: { name: 'S1' }
  properties: {
    displayName: 'Courtier'
    endpoint: endpoint
    msaAppId: appId
    msaAppTenantId: tenant().tenantId
    msaAppType: empty(identityId) ? 'SingleTenant' : 'UserAssignedMSI'
    msaAppMSIResourceId: empty(identityId) ? null : identityId
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel' }
  }
}
