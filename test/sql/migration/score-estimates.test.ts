import { beforeAll, describe, expect, it } from "vitest";
import { readScoreStatement } from "../../../packages/server/src/modules/migration/estimate/sql/read-score.ts";
import { scoreEstimatesStatement } from "../../../packages/server/src/modules/migration/estimate/sql/score-estimates.ts";
import { listEarlierRunsStatement } from "../../../packages/server/src/modules/migration/estimate/sql/list-earlier-runs.ts";
import { listPacesStatement } from "../../../packages/server/src/modules/migration/estimate/sql/list-paces.ts";
import type { EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import { makeMigration, makeSite } from "../../kit/factories.ts";
import { insertRow, query } from "../../kit/query.ts";
import { useDatabase } from "../../kinds/copy-customers/copy-world.ts";

const database = useDatabase();
let em: EntityManager;

beforeAll(() => {
  em = database.fork();
});

/** Moment of a recorded run: seconds after its start. */
function at(seconds: number): Date {
  return new Date(Date.UTC(2026, 0, 5, 9) + seconds * 1_000);
}

type Recorded = [seconds: number, type: string, payload?: object];

/** A migration of 200 rows with this log, and an end where one is given. */
async function record(log: Recorded[], finished: number | null): Promise<string> {
  const destination = await makeSite(em);
  const source = await makeSite(em, { organizationId: destination.organizationId });
  const { id } = await makeMigration(em, { source, destination }, { state: "COMPLETED" });
  await query(
    em,
    "update migration set total_items = 200, started_at = $2, finished_at = $3, last_sequence = $4 where id = $1",
    [id, at(0), finished === null ? null : at(finished), log.length],
  );
  for (const [index, [seconds, type, payload = {}]] of log.entries()) {
    await insertRow(
      em,
      "migration_event",
      {
        migration_id: id,
        sequence: index + 1,
        type,
        summary: type,
        payload: JSON.stringify(payload),
        at: at(seconds),
      },
      "sequence",
    );
  }
  return id;
}

async function foretell(
  id: string,
  processed: number,
  made: number,
  [low, high]: [number, number],
  until = "END",
): Promise<void> {
  const row = { low_seconds: low, high_seconds: high, until, basis: "recorded", made_at: at(made) };
  await insertRow(em, "migration_estimate", { migration_id: id, processed, ...row }, "processed");
}

const log: Recorded[] = [
  [0, "STARTED"],
  [10, "BATCH_APPLIED", { from: 1, to: 100 }],
  [12, "PAUSED"],
  [1_012, "RESUMED"],
  [1_020, "BATCH_APPLIED", { from: 101, to: 150 }],
  [1_021, "BRAKE_TRIPPED"],
  [1_100, "BRAKE_RELEASED", { goesOn: false }],
  [1_121, "BRAKE_RELEASED", { goesOn: true }],
  [1_126, "BATCH_APPLIED", { from: 151, to: 200 }],
  [1_130, "VERIFYING"],
];

describe("the score of a run's estimates", () => {
  it("leaves out what the run was paused, and says which ranges held", async () => {
    const id = await record(log, 1_140);
    // 1,140 seconds, of which 1,000 were a pause and 100 a brake.
    await foretell(id, 0, 0, [30, 50]);
    await foretell(id, 100, 11, [10, 20]);
    await foretell(id, 150, 1_020, [8, 12], "WRITTEN");
    await scoreEstimatesStatement.run(em, [id]);
    const scored = await query<{ actual: number; held: boolean }>(
      em,
      "select actual_seconds as actual, held from migration_estimate where migration_id = $1 order by processed",
      [id],
    );
    expect(scored).toEqual([
      { actual: 40, held: true },
      { actual: 29, held: false },
      { actual: 10, held: true },
    ]);
    const [score] = await readScoreStatement.run(em, [id]);
    expect(score).toMatchObject({ made: 3, held: 2 });
    // Off by nothing, by 14 of 29 seconds, and by nothing.
    expect(score?.meanErrorPercent).toBeCloseTo(((14 / 29) * 100) / 3);
    const [run] = await listEarlierRunsStatement.run(em, ["COPY_CUSTOMERS", 200]);
    expect(run).toEqual({ items: 200, runSeconds: 30, verifySeconds: 10 });
  });

  it("is given once: a second time changes nothing", async () => {
    const id = await record(log, 1_140);
    await foretell(id, 0, 0, [30, 50]);
    expect(await scoreEstimatesStatement.run(em, [id])).toEqual([{ scored: 1 }]);
    expect(await scoreEstimatesStatement.run(em, [id])).toEqual([{ scored: 0 }]);
  });

  it("without any estimate is none, and of another migration is left alone", async () => {
    const other = await record(log, 1_140);
    await foretell(other, 0, 0, [30, 50]);
    const id = await record(log, 1_140);
    await scoreEstimatesStatement.run(em, [id]);
    expect(await readScoreStatement.run(em, [id])).toEqual([{ made: 0, held: 0, meanErrorPercent: null }]);
    expect(await readScoreStatement.run(em, [other])).toMatchObject([{ made: 0 }]);
  });
});

describe("the recorded stretches", () => {
  it("are the batches without pauses and held brakes, oldest first", async () => {
    const id = await record(log, null);
    const steps = await listPacesStatement.run(em, [id]);
    expect(steps.map(({ type, people, seconds }) => [type, people, seconds])).toEqual([
      ["BATCH_APPLIED", 100, 10],
      ["BATCH_APPLIED", 50, 8],
      ["BATCH_APPLIED", 50, 5],
      ["VERIFYING", 0, 4],
    ]);
  });

  it("are none before the first batch", async () => {
    expect(await listPacesStatement.run(em, [await record([[0, "STARTED"]], null)])).toEqual([]);
  });
});
