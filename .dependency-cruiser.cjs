/** The direction of the house: main → app → {features, edges} → core; features only downward, through index.ts. */
const features = ['people', 'catalogue', 'acquisitions', 'contracts'];

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'core-is-the-ground', severity: 'error', from: { path: '^src/core' }, to: { path: '^src/(features|edges|app|main|cli|demo)' } },
    { name: 'features-know-no-edge', severity: 'error', from: { path: '^src/features' }, to: { path: '^src/(edges|app|main|cli|demo)' } },
    { name: 'edges-know-no-feature', severity: 'error', from: { path: '^src/edges' }, to: { path: '^src/(features|app|main|cli|demo)' } },
    {
      name: 'an-edge-stands-alone',
      severity: 'error',
      from: { path: '^src/edges/([^/]+)/' },
      to: { path: '^src/edges/', pathNot: '^src/edges/$1/' },
    },
    {
      name: 'a-feature-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-the-spine-is-shared',
      severity: 'error',
      comment: 'people ← catalogue ← acquisitions ← contracts ← the others',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/index\\.ts$', pathNot: ['^src/features/$1/', `^src/features/(${features.join('|')})/index\\.ts$`] },
    },
    ...features.map((feature, rank) => ({
      name: `${feature}-imports-only-downward`,
      severity: 'error',
      from: { path: `^src/features/${feature}/` },
      to: { path: `^src/features/(${features.slice(rank + 1).join('|') || 'none'})/` },
    })),
    {
      name: 'only-edges-teams-speaks-bot-framework',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/edges/teams/' },
      to: { path: 'node_modules/(botbuilder|botframework-connector|botframework-schema|botframework-streaming|@microsoft/teams-ai|restify)/' },
    },
    {
      name: 'one-voice',
      severity: 'error',
      comment: 'what is said unasked goes through the delivery ledger: a notice of the feature',
      from: { path: '^src', pathNot: '^src/(core/messenger\\.ts|edges/(delivery|teams)/)' },
      to: { path: '^src/core/messenger\\.ts$' },
    },
    {
      name: 'only-the-store-speaks-sql',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '/(store|tables)(/|\\.ts$)' },
      to: { path: 'node_modules/drizzle-orm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^src/features/.*/rules(/|\\.ts$)' },
      to: {
        path: '^src/features/.*/(store|screens|jobs|tables)(/|\\.ts$)',
        // Their words only: a schema of a form is as pure as a rule.
        pathNot: '/schema\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-test-in-the-product', severity: 'error', from: { path: '^src' }, to: { path: '^(test|bench)/' } },
    { name: 'not-to-dev-dependency', severity: 'error', from: { path: '^src', pathNot: '^src/demo\\.ts$' }, to: { dependencyTypes: ['npm-dev'] } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, path: '^src', pathNot: '^src/(main|cli|demo)\\.ts$|\\.d\\.ts$' }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
