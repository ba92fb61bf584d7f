import type { GivenDestination, GivenRoute } from "./config-defaults";

/**
 * The address of the receiver inside this product, as a destination names it. It is no web address, so nothing that a person
 * writes as one can be taken for it: the host alone says where it leads, and only to the server's own listener (D-34).
 */
export const testReceiverUrl = "incident-monitor:test-receiver";
export const testReceiverPath = "/incident-monitor/test-receiver";

export const testReceiverId = "test-receiver";
export const testReportEvent = "incident_monitor.test_report";
export const testReportSource = "first_run_checklist";
export const testReportTitle = "Test report: nothing has failed";
/** How long ago a delivery may have been signed. */
export const testSignatureToleranceMs = 5 * 60_000;
/** Receptions that are kept. */
export const testReceptionsMax = 20;

/**
 * Where the receiver listens and what signs for it: from the host, never from the configuration. `network`: the one address
 * it has, as a CIDR block; null where the host names its listener by a name.
 */
export type TestReceiver = { url: string; secret: string; network: string | null };

/** A destination like any other: readiness, approval, receipts and audit are its own. */
export const testReceiverDestination: GivenDestination & { destinationId: string } = {
  destinationId: testReceiverId,
  name: "Test receiver",
  kind: "webhook",
  enabled: true,
  webhookUrl: testReceiverUrl,
  requireApproval: true,
};

/** Takes the test reports and nothing else. */
export const testReportRoute: GivenRoute & { routeId: string } = {
  routeId: "test-reports",
  name: "Test reports to the test receiver",
  enabled: true,
  priority: 10_000,
  matchEventTypes: [testReportEvent],
  matchSources: [testReportSource],
  destinationIds: [testReceiverId],
  approvalPolicy: "always",
};

/** What the test receiver took. */
export type TestReception = {
  deliveryId: string;
  idempotencyKey: string;
  event: string;
  draftId: string | null;
  bodyBytes: number;
  bodyDigest: string;
  arrivals: number;
  signedAtMs: number;
  receivedAtMs: number;
};

export type TestReceiverState = {
  url: string;
  /** Is there a destination that leads to it, and a route that test reports take? */
  destinationId: string | null;
  routed: boolean;
  reports: Array<{ draftId: string; incidentId: string; projectId: string | null; createdAtMs: number }>;
  receptions: TestReception[];
};
