import { appendFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { patchConfig } from "../settings/patch-config";
import { exportTelemetry } from "./export-telemetry";

let ground: SilenceGround;
let folder: string;
let collector: WebhookReceiver;
const fetch = createSafeFetch();

beforeAll(async () => {
  ground = await createSilenceGround();
  collector = await startWebhookReceiver({ otherwise: { kind: "status", status: 200, body: "{}" } });
  const config = { jsonl_file: true };
  const destinations = [
    { destinationId: "local", name: "Local", kind: "telemetry" as const, telemetryPath: "team/shop", config },
  ];
  await patchConfig(ground.as(), { patch: aConfigPatch({ destinations, defaultDestinationIds: ["local"] }) });
});
afterAll(async () => {
  await Promise.all([collector.close(), fetch.destroy()]);
  await ground.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "telemetry-"));
  await ground.db.prisma.telemetryRecord.deleteMany();
  await ground.db.prisma.telemetryExport.deleteMany();
  collector.requests.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function turn(otelLogsUrl?: string) {
  const ctx = ground.as(actors.system("telemetry"));
  return exportTelemetry({
    ...ctx,
    services: { ...ctx.services, fetch, telemetry: { folder, otelLogsUrl } },
  });
}
async function record(count = 1): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    await ground.publish(await ground.draftOf());
    ground.clock.nowMs += 1;
  }
  await ground.turn();
  ground.clock.nowMs += 6_000;
}
const file = () => join(folder, "team/shop/local.jsonl");
const idsIn = async () =>
  (await readFile(file(), "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).record_id as string);
const idsStored = async () =>
  (await ground.db.prisma.telemetryRecord.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] })).map(
    ({ id }) => id,
  );

describe("telemetry as a file of JSON lines", () => {
  it("holds every record once, in order, over turns and restarts", async () => {
    await record(3);
    expect(await turn()).toMatchObject({ written: 3 });
    expect(await turn()).toMatchObject({ written: 0 });
    await record(2);
    expect(await turn()).toMatchObject({ written: 2 });
    expect(await idsIn()).toEqual(await idsStored());
  });

  it("half a line that a crash left is made whole, and nothing is repeated", async () => {
    await record(2);
    await turn();
    await appendFile(file(), '{"recorded_at_ms":17,"record_id":"bmtel_half');
    await record(1);
    expect(await turn()).toMatchObject({ written: 1 });
    expect(await idsIn()).toEqual(await idsStored());
  });

  it("waits for what may still be committing", async () => {
    await ground.publish(await ground.draftOf());
    await ground.turn();
    expect(await turn()).toMatchObject({ written: 0 });
    ground.clock.nowMs += 6_000;
    expect(await turn()).toMatchObject({ written: 1 });
  });

  it("is not written through a link that leads out of its folder", async () => {
    const outside = await mkdtemp(join(tmpdir(), "outside-"));
    await mkdir(join(folder, "team"));
    await symlink(outside, join(folder, "team/shop"));
    await record(1);
    await expect(turn()).rejects.toMatchObject({ code: "telemetry_file_outside" });
    await rm(join(folder, "team/shop"));
    await mkdir(join(folder, "team/shop"));
    await writeFile(join(outside, "target"), "");
    await symlink(join(outside, "target"), file());
    await expect(turn()).rejects.toMatchObject({ code: "ELOOP" });
    expect(await readFile(join(outside, "target"), "utf8")).toBe("");
    await rm(outside, { recursive: true });
  });

  it("two processes at once write each record once", async () => {
    await record(4);
    await Promise.all([turn(), turn(), turn()]);
    expect(await idsIn()).toEqual(await idsStored());
  });
});

describe("telemetry at the host's collector", () => {
  it("each record arrives, and again only when the collector did not say that it has it", async () => {
    await record(2);
    collector.script({ kind: "status", status: 503 });
    await expect(turn(collector.url)).rejects.toMatchObject({ code: "collector_refused" });
    expect(await turn(collector.url)).toMatchObject({ sent: 2 });
    expect(await turn(collector.url)).toMatchObject({ sent: 0 });
    await record(1);
    expect(await turn(collector.url)).toMatchObject({ sent: 1 });
    const bodies = collector.requests.map((each) => JSON.parse(each.rawBody));
    const counts = bodies.map((body) => body.resourceLogs[0].scopeLogs[0].logRecords.length);
    expect(counts).toEqual([2, 2, 1]);
  });
});
