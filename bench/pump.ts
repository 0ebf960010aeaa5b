import { systemClock } from '../src/core/clock.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { engine, silent } from '../test/support/delivery.ts';

// A process that only delivers, until it is ended: what the assistant does beside its turns.

const storage = openPostgres(process.env.PUMP_DATABASE ?? '', silent);
engine({ db: storage.db, clock: systemClock, rate: Number(process.env.PUMP_RATE) }).pump.start();
