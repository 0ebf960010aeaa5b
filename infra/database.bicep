// PostgreSQL : Entra seulement, sans mot de passe ni adresse publique.
param name string
param location string
param tags object
param subnetId string
param dnsZoneId string
param identityName string
param identityPrincipalId string
param adminObjectId string
param adminName string
param adminType string
param sku string
param tier string
param highlyAvailable bool
param backupDays int
param workspaceId string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  tags: tags
  sku: { name: sku, tier: tier }
  properties: {
    version: '17'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    storage: { storageSizeGB: 64, autoGrow: 'Enabled' }
    backup: {
      backupRetentionDays: backupDays
      // Canada Est garde une copie des sauvegardes de Canada Centre : les données restent au pays.
      geoRedundantBackup: highlyAvailable ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: highlyAvailable ? 'ZoneRedundant' : 'Disabled' }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: dnsZoneId
      publicNetworkAccess: 'Disabled'
    }
  }

  resource database 'databases' = {
    name: 'courtier'
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }
}

// L'un après l'autre : le serveur refuse deux changements à la fois.
resource people 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: adminObjectId
  properties: {
    principalName: adminName
    principalType: adminType
    tenantId: tenant().tenantId
  }
  dependsOn: [server::database]
}

// L'identité des processus crée les tables et les schémas de sa base.
resource process 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: identityPrincipalId
  properties: {
    principalName: identityName
    principalType: 'ServicePrincipal'
    tenantId: tenant().tenantId
  }
  dependsOn: [people]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output host string = server.properties.fullyQualifiedDomainName
