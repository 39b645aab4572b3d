import type { DataSource } from 'typeorm';

interface Pin {
  readonly modelId: string;
  readonly position: number;
}

/** Gives the positions of somebody's pins out anew. Pins that come meanwhile have higher ones, and so stay last. */
export async function movePin(
  db: DataSource,
  userId: string,
  modelId: string,
  before: string | undefined,
): Promise<void> {
  await db.transaction(async (manager) => {
    // Moves of the same pins take turns; locked in one order, they never wait for each other in a circle.
    const pins = await manager.query<Pin[]>(
      'SELECT "modelId", position FROM pinned_models WHERE "userId" = $1 ORDER BY "modelId" FOR UPDATE',
      [userId],
    );
    // By now: what was locked may have been moved while this waited.
    pins.sort((a, b) => a.position - b.position);
    const order = moved(
      pins.map((pin) => pin.modelId),
      modelId,
      before,
    );
    await manager.query(
      `UPDATE pinned_models p SET position = n.position
       FROM unnest($2::text[], $3::int[]) AS n ("modelId", position)
       WHERE p."userId" = $1 AND p."modelId" = n."modelId"`,
      [userId, order, pins.map(({ position }) => position)],
    );
  });
}

/** As it was, where one of the two is missing. */
function moved(modelIds: readonly string[], modelId: string, before: string | undefined): readonly string[] {
  if (!modelIds.includes(modelId) || modelId === before) return modelIds;
  const others = modelIds.filter((id) => id !== modelId);
  const at = before === undefined ? others.length : others.indexOf(before);
  return at < 0 ? modelIds : others.toSpliced(at, 0, modelId);
}
