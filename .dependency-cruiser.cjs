/**
 * The direction of the house: main → app → {features, edges} → core; features only downward, through index.ts. The
 * comment of a rule is what `npm run check` says to whoever broke it: what to do instead.
 */
const features = ['people', 'catalogue', 'acquisitions', 'contracts'];

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', comment: 'move what both need to a file below them', from: {}, to: { circular: true } },
    { name: 'core-is-the-ground', severity: 'error', comment: 'core imports nothing of the house: declare a port in src/core/ports, or move the file', from: { path: '^src/core' }, to: { path: '^src/(features|edges|app|main|cli|demo)' } },
    { name: 'features-know-no-edge', severity: 'error', comment: 'ask for a port of src/core/ports: `build` of the manifest receives them', from: { path: '^src/features' }, to: { path: '^src/(edges|app|main|cli|demo)' } },
    { name: 'edges-know-no-feature', severity: 'error', comment: 'an edge is told what it needs by src/app', from: { path: '^src/edges' }, to: { path: '^src/(features|app|main|cli|demo)' } },
    {
      name: 'an-edge-stands-alone',
      severity: 'error',
      comment: 'what two edges need is in src/core; src/app puts them together',
      from: { path: '^src/edges/([^/]+)/' },
      to: { path: '^src/edges/', pathNot: '^src/edges/$1/' },
    },
    {
      name: 'a-feature-is-entered-by-its-index',
      severity: 'error',
      comment: 'export it from the index.ts of its feature, or publish an event',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-the-spine-is-shared',
      severity: 'error',
      comment: 'people ← catalogue ← acquisitions ← contracts ← the others: between these last, a job or an event (queue.publish)',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/index\\.ts$', pathNot: ['^src/features/$1/', `^src/features/(${features.join('|')})/index\\.ts$`] },
    },
    ...features.map((feature, rank) => ({
      name: `${feature}-imports-only-downward`,
      severity: 'error',
      comment: 'publish an event (queue.publish) that the feature above listens to, or move what both need down',
      from: { path: `^src/features/${feature}/` },
      to: { path: `^src/features/(${features.slice(rank + 1).join('|') || 'none'})/` },
    })),
    {
      name: 'only-edges-teams-speaks-bot-framework',
      severity: 'error',
      comment: 'the rest of the house speaks in turns and cards: src/core/turn.ts, src/core/card.ts',
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
      comment: 'move the query to store.ts, or a file of store/, of the feature; tables are in tables.ts, and how long they are kept in retention.ts beside it',
      from: { path: '^src/features/', pathNot: '/(store|tables)(/|\\.ts$)|^src/features/[^/]+/retention\\.ts$' },
      to: { path: 'node_modules/drizzle-orm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment: 'a rule takes facts as parameters: the store reads them, the screen passes them on',
      from: { path: '^src/features/.*/rules(/|\\.ts$)' },
      to: {
        path: '^src/features/.*/(store|screens|jobs|tables)(/|\\.ts$)',
        // Their words only: a schema of a form is as pure as a rule.
        pathNot: '/schema\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'no-test-in-the-product', severity: 'error', comment: 'move what both need to src', from: { path: '^src' }, to: { path: '^(test|bench)/' } },
    { name: 'not-to-dev-dependency', severity: 'error', comment: 'the product runs without it: make it a dependency, with its reason in docs/decisions', from: { path: '^src', pathNot: '^src/demo\\.ts$' }, to: { dependencyTypes: ['npm-dev'] } },
    { name: 'no-unresolved', severity: 'error', comment: 'the path or the package does not exist: paths end in .ts', from: {}, to: { couldNotResolve: true } },
    { name: 'no-orphan', severity: 'error', comment: 'nothing imports this file: import it, or delete it', from: { orphan: true, path: '^src', pathNot: '^src/(main|cli|demo)\\.ts$|\\.d\\.ts$' }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
