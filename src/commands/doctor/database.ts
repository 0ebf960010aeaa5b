import type { Config } from '../../config.ts';
import { CourtierError } from '../../core/errors.ts';
import type { SchemaVersions } from '../../core/process/watched.ts';
import { buildLog } from '../../edges/observability/index.ts';
import { examine, openStorage } from '../../edges/storage/index.ts';
import { amiss, type Finding, well } from './finding.ts';

/** Between two machines that agree on the time. */
const AGREEMENT_SECONDS = 60;

/** What is to say of the database: whether it answers, its schema, our rights, its time. Nothing is changed there. */
export async function examineDatabase(config: Config, nowMs: () => number): Promise<readonly Finding[]> {
  let storage: Awaited<ReturnType<typeof openStorage>>;
  try {
    storage = await openStorage(config, buildLog('silent'), { waitMs: 0 });
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return [
      amiss(
        'base',
        error.message,
        'Le schéma, les droits et l’horloge se vérifient une fois la base ouverte.',
      ),
    ];
  }
  try {
    const found = await examine(storage);
    return [
      well('base', config.databaseUrl ? 'PostgreSQL répond.' : 'La base embarquée s’ouvre.'),
      schemaFinding(found.schema),
      found.mayCreate
        ? well('droits', 'L’utilisateur de la base peut y créer des tables.')
        : amiss(
            'droits',
            'L’utilisateur de la base ne peut pas y créer de schémas.',
            'Donnez-lui ce droit : « grant create on database … to … ».',
          ),
      clockFinding((nowMs() - found.nowMs) / 1_000),
    ];
  } finally {
    await storage.close();
  }
}

function schemaFinding(schema: SchemaVersions | undefined): Finding {
  if (!schema || schema.newest < schema.known)
    return amiss(
      'schéma',
      schema ? 'La base est d’une version plus ancienne que ce code.' : 'La base est vide.',
      'Mettez-la à jour avec « npx courtier migrate » ; un démarrage le fait aussi.',
    );
  return schema.newest > schema.known
    ? amiss(
        'schéma',
        'La base est d’une version plus récente que ce code.',
        'Installez la version récente ; docs/migrations.md dit combien de temps l’ancienne tient.',
      )
    : well('schéma', 'La base est à la version de ce code.');
}

function clockFinding(aheadSeconds: number): Finding {
  const apart = Math.round(Math.abs(aheadSeconds));
  return apart <= AGREEMENT_SECONDS
    ? well('horloge', 'Cette machine et la base ont la même heure.')
    : amiss(
        'horloge',
        `L’horloge de cette machine ${aheadSeconds > 0 ? 'avance' : 'retarde'} de ${apart} secondes sur celle de la base.`,
        'Réglez-la avec NTP : les jetons de Teams et d’Entra sont refusés quand l’heure est fausse.',
      );
}
