import { expect, it } from "vitest";
import type { BackfilledLogSourceWire } from "@/lib/contracts/log-source";
import { addBackfill, changesSomething, noBackfill } from "./backfill-total";

const answer = (more: Partial<BackfilledLogSourceWire>): BackfilledLogSourceWire => ({
  ...{ ...noBackfill, project_id: "shop", source_id: "worker", from_ms: 0, to_ms: 1, dry_run: false },
  ...more,
});
const file = (path: string, bytes: number, candidates: number) => ({ path, size: 100, bytes, candidates });

it("what was counted before changes nothing", () => {
  expect(changesSomething(noBackfill)).toBe(false);
  expect(changesSomething({ ...noBackfill, candidates: 9, already_counted: 9 })).toBe(false);
  expect(changesSomething({ ...noBackfill, candidates: 9, already_counted: 8, merged: 1 })).toBe(true);
});

it("calls add up, and a file that two calls read stays one row", () => {
  const first = answer({ bytes: 70, candidates: 3, files: [file("a.log.1", 40, 2), file("a.log", 30, 1)] });
  const second = answer({ bytes: 20, candidates: 1, untimed: 2, files: [file("a.log", 20, 1)] });
  expect(addBackfill(addBackfill(noBackfill, first), second)).toMatchObject({
    ...{ bytes: 90, candidates: 4, untimed: 2 },
    files: [file("a.log.1", 40, 2), file("a.log", 50, 2)],
  });
});
