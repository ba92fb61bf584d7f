import { testReceiverDestination, testReceiverUrl, testReportRoute } from "@/lib/domain/test-receiver";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigOutcome, changeConfig, configSubject } from "../settings/change-config";

/** Takes the rows of `setUpTestReceiver` away again; what was sent keeps its receipts. @throws AppError forbidden */
export async function removeTestReceiver(ctx: Context): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  return changeConfig(ctx, {
    action: "incident_monitor.config.updated",
    change: (stored) => ({
      ...stored,
      destinations: stored.destinations.filter(
        (row) =>
          row.destinationId !== testReceiverDestination.destinationId || row.webhookUrl !== testReceiverUrl,
      ),
      routes: stored.routes.filter((row) => row.routeId !== testReportRoute.routeId),
    }),
  });
}
