import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { authorize, authorizeRecord } from "./authorize";
import { AppError } from "./errors";
import { refusalsMax } from "./refusal-limit";

let testDatabase: TestDatabase;
let db: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url, 4);
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});

const startMs = Date.UTC(2026, 5, 29, 12);
const config = { kind: "config", id: "config" };
const contextOf = (actor: Actor, nowMs = startMs) => testContext(db, actor, { nowMs });
const entriesOf = async (actorId: string) =>
  (await db.prisma.auditEntry.findMany({ orderBy: { at: "asc" } })).filter(
    (entry) => (entry.actor as { id: string }).id === actorId,
  );
const refuseOften = async (actor: Actor, count: number, nowMs?: number) => {
  for (let index = 0; index < count; index++)
    await refusal(authorize(contextOf(actor, nowMs), "configure", config));
};

describe("authorize", () => {
  it("lets who may, and writes nothing of it", async () => {
    await authorize(contextOf(actors.admin({ userId: "u-may" })), "configure", config);
    expect(await entriesOf("u-may")).toEqual([]);
  });

  it("audits a refusal with actor, permission and reason before it is thrown", async () => {
    const error = await refusal(authorize(contextOf(actors.viewer({ userId: "u-no" })), "configure", config));
    expect([error.kind, error.reason, error.context.roles]).toEqual(["forbidden", "role_may_not", ["admin"]]);
    const [entry] = await entriesOf("u-no");
    expect(entry).toMatchObject({
      action: "incident_monitor.access.denied",
      outcome: "denied",
      detail: { permission: "configure", reason: "role_may_not" },
    });
  });
});

describe("who is refused again and again", () => {
  it("is told to wait after 60 in a minute, audited once as throttled, and no more", async () => {
    const actor = actors.agentToken({ tokenId: "t-flood" });
    await refuseOften(actor, refusalsMax);
    const last = await refusal(authorize(contextOf(actor, startMs + 15_000), "configure", config));
    expect([last.kind, last.reason, last.context.retry_after_seconds]).toEqual([
      "limited",
      "too_many_refusals",
      45,
    ]);
    await refuseOften(actor, 20, startMs + 59_999);
    const actions = (await entriesOf("t-flood")).map((entry) => entry.action);
    expect(actions.filter((each) => each === "incident_monitor.access.denied")).toHaveLength(refusalsMax);
    expect(actions.filter((each) => each === "incident_monitor.access.throttled")).toHaveLength(1);
    expect(actions).toHaveLength(refusalsMax + 1);
  });

  it("is heard and recorded again once the minute is over", async () => {
    const actor = actors.agentToken({ tokenId: "t-patient" });
    await refuseOften(actor, refusalsMax + 5);
    const later = await refusal(authorize(contextOf(actor, startMs + 60_000), "configure", config));
    expect(later.kind).toBe("forbidden");
    expect(await entriesOf("t-patient")).toHaveLength(refusalsMax + 2);
  });

  it("may still do what it may, and nobody else waits for it", async () => {
    const actor = actors.agentToken({ tokenId: "t-mixed" });
    await refuseOften(actor, refusalsMax + 1);
    await authorize(contextOf(actor), "report", { kind: "report", id: "r" });
    const other = await refusal(
      authorize(contextOf(actors.agentToken({ tokenId: "t-other" })), "configure", config),
    );
    expect(other.kind).toBe("forbidden");
  });

  it("is never told which ids exist: a hidden record stays missing, and is not written without end", async () => {
    const actor = actors.projectMember({ shop: "viewer" }, { userId: "u-curious" });
    const missing = new AppError("not_found", "draft_not_found", "There is no such draft");
    for (let index = 0; index < refusalsMax + 10; index++) {
      const subject = { kind: "draft", id: `d-${index}`, projectId: "other" };
      expect(await refusal(authorizeRecord(contextOf(actor), "read", subject, missing))).toBe(missing);
    }
    expect(await entriesOf("u-curious")).toHaveLength(refusalsMax + 1);
  });
});
