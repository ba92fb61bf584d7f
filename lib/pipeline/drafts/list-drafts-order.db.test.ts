import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DraftSort } from "@/lib/domain/draft-sort";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { listDrafts } from "./list-drafts";

let ground: SilenceGround;
/** By name of the draft: its risk and how often it was seen; made in this order, some at the same moment. */
const made: ReadonlyArray<[name: string, riskLevel: string, occurrences: number, laterMs: number]> = [
  ["a", "low", 7, 0],
  ["b", "critical", 1, 0],
  ["c", "medium", 7, 5],
  ["d", "critical", 30, 0],
  ["e", "info", 2, 5],
  ["f", "high", 7, 0],
  ["g", "medium", 1, 5],
];
const names = new Map<string, string>();
const idOf = (name: string) => [...names].find(([, each]) => each === name)?.[0] ?? "";

beforeAll(async () => {
  ground = await createSilenceGround();
  for (const [name, riskLevel, occurrenceCount, laterMs] of made) {
    ground.clock.nowMs += laterMs;
    const draftId = await ground.draftOf({ title: `Ordered ${name}`, riskLevel });
    names.set(draftId, name);
    await ground.db.prisma.incident.updateMany({
      where: { draftId },
      data: { occurrenceCount },
    });
  }
});
afterAll(() => ground.close());

async function walk(sort: DraftSort | undefined, limit: number, between?: () => Promise<void>) {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listDrafts(ground.as(), {
      filter: { sort, search: "Ordered" },
      page: { limit, cursor },
    });
    expect(page.total).toBe(made.length);
    found.push(...page.drafts.map((draft) => names.get(draft.draftId) ?? "?"));
    cursor = page.nextCursor ?? undefined;
    await between?.();
  } while (cursor);
  return found;
}

/** The order by its definition: the rank, then the newest, then the greater id. */
function expected(sort: DraftSort): string[] {
  const ranks = ["info", "low", "medium", "high", "critical"];
  let atMs = 0;
  const rows = made.map(([name, risk, seen, laterMs]) => {
    atMs += laterMs;
    return { name, atMs, id: idOf(name), risk: ranks.indexOf(risk), seen };
  });
  const newest = (x: (typeof rows)[0], y: (typeof rows)[0]) => y.atMs - x.atMs || (y.id > x.id ? 1 : -1);
  const by: Record<DraftSort, typeof newest> = {
    newest,
    oldest: (x, y) => -newest(x, y),
    risk: (x, y) => y.risk - x.risk || newest(x, y),
    occurrences: (x, y) => y.seen - x.seen || newest(x, y),
  };
  return rows.sort(by[sort]).map((row) => row.name);
}

describe("the order of the queue", () => {
  it.each(["newest", "oldest", "risk", "occurrences"] as const)("%s, whatever the pages", async (sort) => {
    for (const limit of [1, 2, 3, 50])
      expect(await walk(sort, limit), `pages of ${limit}`).toEqual(expected(sort));
  });

  it("is newest first by itself", async () => {
    expect(await walk(undefined, 3)).toEqual(expected("newest"));
  });

  it("a cursor of one order is no place in another", async () => {
    const { nextCursor } = await listDrafts(ground.as(), { filter: { sort: "risk" }, page: { limit: 2 } });
    const page = { limit: 2, cursor: nextCursor ?? "" };
    await expect(listDrafts(ground.as(), { filter: { sort: "oldest" }, page })).rejects.toMatchObject({
      reason: "cursor_invalid",
    });
  });

  it("a count that rises between two pages shows no row twice", async () => {
    const [, second = ""] = expected("occurrences");
    const found = await walk("occurrences", 1, async () => {
      await ground.db.prisma.incident.updateMany({
        where: { draftId: idOf(second) },
        data: { occurrenceCount: { increment: 1 } },
      });
    });
    expect(new Set(found).size).toBe(found.length);
  });
});
