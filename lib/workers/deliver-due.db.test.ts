import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { actors } from "@/lib/testing/context";
import { createIssueGround, type IssueGround } from "@/lib/testing/issue-ground";
import { startDeliverDue } from "./deliver-due";
import type { Worker } from "./worker";

const leaseMs = 1_500;
let ground: IssueGround;
let worker: Worker;

beforeAll(async () => {
  ground = await createIssueGround();
  const config = {
    ...{ token_ref: "env:TANDEM_GITHUB_TOKEN", api_base_url: ground.github.apiBaseUrl, timeout_ms: 20_000 },
    ...{ allow_insecure_http: true, allow_private_networks: true },
  };
  const row = { destinationId: "github", name: "GitHub", kind: "github_issue", repo: "example/tracker" };
  await ground.configure({ destinations: [{ ...row, config }] });
  worker = startDeliverDue({
    ...{ db: ground.db, clock: systemClock, deliveryLeaseMs: leaseMs, health: (read) => read() },
    context: (name) => ({ ...ground.as(actors.system(name)), nowMs: Date.now() }),
    onChange: () => () => undefined,
  });
});
afterAll(async () => {
  await worker.stop();
  await ground.close();
});

describe("an attempt that would outlast its lease", () => {
  it("is broken off and makes nothing afterwards: the next attempt does", async () => {
    // What is there is seen only when another worker may have taken the delivery over.
    const answered = ground.github.waitFor("createIssue");
    ground.github.script("listIssues", { kind: "delay", ms: 2 * leaseMs });
    const draftId = await ground.report({ fingerprint: "slow-to-look" });
    const listed = ground.github.waitFor("listIssues");
    await ground.publish(draftId);
    await listed;
    await answered;
    const [delivery] = await until(async () => {
      const found = await ground.deliveries(draftId);
      return found[0]?.state === "published" ? found : null;
    });
    const attempts = await ground.db.prisma.deliveryAttempt.findMany({
      where: { deliveryId: delivery?.id ?? "" },
      orderBy: { attempt: "asc" },
    });
    expect(attempts.map((each) => [each.outcome, (each.reason as { code?: string } | null)?.code])).toEqual([
      ["retryable", "cancelled"],
      ["published", undefined],
    ]);
    expect(attempts[0]?.durationMs).toBeLessThan(leaseMs);
    expect(ground.issues()).toHaveLength(1);
  });
});

async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
