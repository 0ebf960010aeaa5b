import { benchCatalogue } from './catalogue.ts';
import { benchDelivery } from './delivery.ts';
import { benchEvaluations } from './evaluations.ts';
import { benchQueue } from './queue.ts';
import { benchRestart } from './restart.ts';
import { benchScenarios } from './scenarios.ts';
import { benchSearch } from './search.ts';
import { benchTurn } from './turn.ts';

/** Each measure beside its peer, in one run, as a ratio. `npm run bench`. */
const wanted = process.argv[2];
if (wanted === undefined || wanted === 'search') benchSearch();
if (wanted === undefined || wanted === 'turn') await benchTurn();
if (wanted === undefined || wanted === 'catalogue') await benchCatalogue();
if (wanted === undefined || wanted === 'scenarios') benchScenarios();
if (wanted === undefined || wanted === 'delivery') await benchDelivery();
if (wanted === undefined || wanted === 'evaluations') await benchEvaluations();
if (wanted === undefined || wanted === 'queue') await benchQueue();
if (wanted === undefined || wanted === 'restart') await benchRestart();
