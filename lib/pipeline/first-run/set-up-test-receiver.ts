import { putResource } from "@/lib/domain/config-resource";
import { testReceiverDestination, testReportRoute } from "@/lib/domain/test-receiver";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigOutcome, changeConfig, configSubject } from "../settings/change-config";

/**
 * Adds the destination that leads to the test receiver and the route that test reports take: two rows like any other, by
 * the one way configuration changes, with its history and audit. Doing it twice is the same.
 *
 * @throws AppError forbidden
 */
export async function setUpTestReceiver(ctx: Context): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  const { destinationId, ...destination } = testReceiverDestination;
  const { routeId, ...route } = testReportRoute;
  return changeConfig(ctx, {
    action: "incident_monitor.config.updated",
    change: (stored) => {
      const withReceiver = putResource(stored, {
        ...{ kind: "destination", id: destinationId },
        given: { ...destination, destinationId },
      });
      return putResource(withReceiver, { kind: "route", id: routeId, given: { ...route, routeId } });
    },
  });
}
