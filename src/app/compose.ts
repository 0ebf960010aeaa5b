import type { AnyFeature, Keys, Member, Outside, Ports } from '../core/manifest.ts';
import { buildAfterwards } from '../core/process/afterwards.ts';
import type { TurnWatch } from '../core/process/watched.ts';
import { buildRouter, type Router } from '../core/router.ts';
import { buildDecentHours } from '../core/time/decent-hours.ts';
import { houseOf } from './house.ts';
import { inOrder } from './in-order.ts';

/** What each feature read of the files that come with the code, by its id. */
export type Reads = ReadonlyMap<string, unknown>;

/** The services, and the router of the turns that ask for them. */
export interface Composed<S> {
  readonly services: S;
  readonly router: Router;
}

/** Reads the files of every feature, once for the process. Throws a `CourtierError` for one that cannot be used. */
export const readFiles = (features: readonly AnyFeature[]): Reads =>
  new Map(features.map(({ id, read }) => [id, read?.()]));

/** The features' services on one kind of connection: what tests build with fakes, and production with Teams. */
export function compose<S extends Ports & Keys>(
  features: readonly Member<S>[],
  outside: Outside,
  reads: Reads,
  watch?: TurnWatch,
): Composed<S> {
  const { log, days, settings } = outside;
  const { timeZone, feePercent } = settings;
  const ports: Ports = {
    ...outside,
    house: houseOf(
      features,
      outside,
      () => services,
      () => router,
    ),
    afterwards: buildAfterwards(log),
    hours: buildDecentHours(days, timeZone),
    timeZone,
    feePercent: feePercent === undefined ? undefined : String(feePercent),
  };
  const services = fold<S>(features, ports, reads);
  const router = buildRouter(features, services, services.access, log, services.presence, watch);
  return { services, router };
}

/** Builds each feature after those below it: what its handlers ask for is then there, as its manifest's type says. */
function fold<S>(features: readonly AnyFeature[], ports: Ports, reads: Reads): S {
  const services: object = { ...ports };
  for (const { id, build, below } of inOrder(features)) {
    for (const lower of below)
      if (!features.some((feature) => feature.id === lower.id))
        throw new Error(`${id} is above ${lower.id}, which is not in the registry`);
    const own = build(ports, services as never, reads.get(id) as never);
    for (const name of Object.keys(own)) if (name in services) throw new Error(`${name} is built twice`);
    Object.assign(services, own);
  }
  return services as S;
}
