// Un réseau privé : les processus d'un côté, la base de l'autre, sans adresse publique.
param name string
param location string
param tags object

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.40.0.0/23'
          delegations: [
            { name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.40.2.0/28'
          delegations: [
            { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource databaseSubnet 'subnets' existing = { name: 'database' }
}

resource dns 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
}

output appSubnetId string = network::appSubnet.id
output databaseSubnetId string = network::databaseSubnet.id
output databaseDnsZoneId string = dns.id
