// Les alertes de ops/alerts.yaml, pour Azure Monitor : Container Apps n'interroge pas /metrics, les processus écrivent
// donc leurs mesures au journal (FIGURES_SECONDS), une ligne par minute, que ces requêtes lisent.

@description('Espace Log Analytics où arrive le journal.')
param workspaceId string
@description('Nom de l’application Container Apps.')
param appName string
@description('Qui est prévenu ; vide : personne.')
param actionGroupId string = ''
param location string = resourceGroup().location
param tags object = {}

// how : comment réunir les lignes de la fenêtre. minutes : la fenêtre. severity : 0 critique, 2 avertissement, 3 information.
var alerts = [
  {
    name: 'CourtierAbsent'
    summary: 'Aucun processus ne se montre'
    figures: [
      'courtier_info'
    ]
    how: 'count'
    operator: 'LessThan'
    threshold: '1'
    minutes: 10
    severity: 0
  }
  {
    name: 'CourtierNotReady'
    summary: 'Aucun processus ne peut travailler'
    figures: [
      'courtier_ready'
    ]
    how: 'max'
    operator: 'LessThan'
    threshold: '1'
    minutes: 5
    severity: 0
  }
  {
    name: 'CourtierProcessNotReady'
    summary: 'Un processus n’est pas prêt depuis longtemps'
    figures: [
      'courtier_ready'
    ]
    how: 'min'
    operator: 'LessThan'
    threshold: '1'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierApologizes'
    summary: 'Des personnes reçoivent des excuses au lieu d’une réponse'
    figures: [
      'courtier_apologies_total'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '5'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierSlow'
    summary: 'Des tours prennent plus de cinq secondes'
    figures: [
      'courtier_slow_turns_total'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '10'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierJobsLate'
    summary: 'Un travail attend depuis plus de cinq minutes'
    figures: [
      'courtier_job_oldest_seconds'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '300'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierJobsFail'
    summary: 'Des travaux échouent'
    figures: [
      'courtier_job_runs_total.failed'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '10'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierJobsGivenUp'
    summary: 'Un travail a été abandonné'
    figures: [
      'courtier_jobs.failed'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierDeliveriesLate'
    summary: 'Un avis attend depuis plus de quinze minutes'
    figures: [
      'courtier_delivery_oldest_seconds'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '900'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierDeliveriesDead'
    summary: 'Des avis ont été refusés pour de bon'
    figures: [
      'courtier_deliveries.dead'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierDeliveriesUnknown'
    summary: 'Des avis ont peut-être été reçus'
    figures: [
      'courtier_deliveries.unknown'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 30
    severity: 3
  }
  {
    name: 'CourtierTeamsRefusesUs'
    summary: 'Teams refuse l’identité du bot'
    figures: [
      'courtier_connector_answers_total.401'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 10
    severity: 0
  }
  {
    name: 'CourtierTeamsThrottles'
    summary: 'Teams nous demande d’aller moins vite'
    figures: [
      'courtier_connector_answers_total.429'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '20'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierTeamsAway'
    summary: 'Teams ne répond pas, ou répond par une erreur'
    figures: [
      'courtier_connector_answers_total.none'
      'courtier_connector_answers_total.500'
      'courtier_connector_answers_total.502'
      'courtier_connector_answers_total.503'
      'courtier_connector_answers_total.504'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '10'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierConnectionsShort'
    summary: 'Des travaux ou des tours attendent une connexion'
    figures: [
      'courtier_pool_waiting'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierLoopHeld'
    summary: 'Un processus est trop occupé pour répondre à temps'
    figures: [
      'nodejs_eventloop_lag_p99_seconds'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0.5'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierMemory'
    summary: 'Un processus tient plus de 1,2 Go de mémoire'
    figures: [
      'process_resident_memory_bytes'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '1200000000'
    minutes: 15
    severity: 2
  }
  {
    name: 'CourtierSchemaAhead'
    summary: 'Un processus de l’ancienne version tourne encore'
    figures: [
      'courtier_schema_ahead'
    ]
    how: 'max'
    operator: 'GreaterThan'
    threshold: '0'
    minutes: 30
    severity: 2
  }
  {
    name: 'CourtierSecretEndsSoon'
    summary: 'Le secret du bot expire dans moins de trente jours'
    figures: [
      'courtier_secret_days_left'
    ]
    how: 'min'
    operator: 'LessThan'
    threshold: '30'
    minutes: 60
    severity: 2
  }
  {
    name: 'CourtierSecretEnds'
    summary: 'Le secret du bot expire dans moins de sept jours'
    figures: [
      'courtier_secret_days_left'
    ]
    how: 'min'
    operator: 'LessThan'
    threshold: '7'
    minutes: 60
    severity: 0
  }
  {
    name: 'CourtierCertificateEnds'
    summary: 'Le certificat de l’adresse publique expire dans moins de quatorze jours'
    figures: [
      'courtier_certificate_days_left'
    ]
    how: 'min'
    operator: 'LessThan'
    threshold: '14'
    minutes: 60
    severity: 0
  }
  {
    name: 'CourtierIntruders'
    summary: 'Beaucoup de requêtes sans signature valable'
    figures: [
      'courtier_requests_refused_total.signature'
      'courtier_requests_refused_total.token'
      'courtier_requests_refused_total.algorithm'
      'courtier_requests_refused_total.issuer'
      'courtier_requests_refused_total.audience'
      'courtier_requests_refused_total.expiry'
    ]
    how: 'sum'
    operator: 'GreaterThan'
    threshold: '100'
    minutes: 10
    severity: 2
  }
  {
    name: 'CourtierBlind'
    summary: 'Une partie des mesures manque'
    figures: [
      'courtier_watch_up'
    ]
    how: 'min'
    operator: 'LessThan'
    threshold: '1'
    minutes: 15
    severity: 2
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for alert in alerts: {
    name: '${appName}-${alert.name}'
    location: location
    tags: tags
    properties: {
      displayName: alert.name
      description: '${alert.summary}. docs/runbook.md#${toLower(alert.name)}'
      severity: alert.severity
      enabled: true
      scopes: [
        workspaceId
      ]
      // La table du journal naît avec sa première ligne : avant elle, une requête qui la nomme serait refusée.
      skipQueryValidation: true
      evaluationFrequency: 'PT5M'
      windowSize: alert.minutes == 60 ? 'PT1H' : 'PT${alert.minutes}M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            // Une valeur par ligne du journal ; la condition compare celle de la fenêtre à 1, vraie ou fausse.
            query: '${lines} | where ContainerAppName_s == "${appName}" | extend figures = parse_json(Log_s).figures | mv-expand key = dynamic(["${join(alert.figures, '", "')}"]) to typeof(string) | extend value = todouble(figures[key]) | where isnotnull(value) | summarize value = ${alert.how == 'count' ? 'todouble(count())' : '${alert.how}(value)'} | where value ${alert.operator == 'LessThan' ? '<' : '>'} ${alert.threshold}'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(actionGroupId) ? [] : [
          actionGroupId
        ]
      }
    }
  }
]

// Le journal des processus, les lignes qui portent des mesures.
var lines = 'ContainerAppConsoleLogs_CL | where Log_s startswith "{" and Log_s has "\\"figures\\""'
