import { benchCatalogue } from './catalogue.ts';
import { benchDelivery } from './delivery.ts';
import { benchEvaluations } from './evaluations.ts';
import { benchOffice } from './office.ts';
import { benchProcesses } from './processes.ts';
import { benchQueue } from './queue.ts';
import { benchRestart } from './restart.ts';
import { benchScenarios } from './scenarios.ts';
import { benchSearch } from './search.ts';
import { benchTable, measureLine } from './table/index.ts';
import { benchTurn } from './turn.ts';
import { benchUpgrade } from './upgrade.ts';

/** Each measure beside its peer, in one run, as a ratio. `npm run bench`. */
const [wanted, revision, ...more] = process.argv.slice(2);
if (wanted === undefined || wanted === 'search') benchSearch();
if (wanted === undefined || wanted === 'turn') await benchTurn();
if (wanted === undefined || wanted === 'catalogue') await benchCatalogue();
if (wanted === undefined || wanted === 'scenarios') benchScenarios();
if (wanted === undefined || wanted === 'delivery') await benchDelivery();
if (wanted === undefined || wanted === 'evaluations') await benchEvaluations();
if (wanted === undefined || wanted === 'queue') await benchQueue();
if (wanted === undefined || wanted === 'restart') await benchRestart();
if (wanted === undefined || wanted === 'office') await benchOffice();
if (wanted === undefined || wanted === 'processes') await benchProcesses();
// What docs/vitesse.md says, written there: all lines of its table, or those that are named.
if (wanted === 'table') await benchTable(revision === undefined ? [] : [revision, ...more]);
if (wanted === 'line') await measureLine(revision);
// Of what one gives it: not a measure like the others.
if (wanted === 'upgrade') await benchUpgrade(revision);
