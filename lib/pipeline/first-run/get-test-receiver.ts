import { listTestReceptions, listTestReports } from "@/lib/db/test-receiver-store";
import { readableProjects } from "@/lib/domain/permission";
import { type TestReceiverState, testReceiverUrl, testReportEvent } from "@/lib/domain/test-receiver";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";

/** Whether the test receiver can be reached, what was sent and what it took. @throws AppError forbidden */
export async function getTestReceiver(ctx: Context): Promise<TestReceiverState> {
  await authorize(ctx, "read", { kind: "test_receiver", id: "test-receiver" });
  const projects = readableProjects(ctx.actor);
  const [config, reports, receptions] = await Promise.all([
    readConfig(ctx),
    listTestReports(ctx.db, projects),
    listTestReceptions(ctx.db, projects),
  ]);
  const destination = config.destinations.find((row) => row.webhookUrl === testReceiverUrl && row.enabled);
  const id = destination?.destinationId ?? null;
  return {
    url: testReceiverUrl,
    destinationId: id,
    routed: config.routes.some(
      (route) =>
        route.enabled &&
        id !== null &&
        route.destinationIds.includes(id) &&
        route.matchEventTypes.includes(testReportEvent),
    ),
    reports,
    receptions,
  };
}
