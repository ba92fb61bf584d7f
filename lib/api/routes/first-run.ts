import { z } from "@hono/zod-openapi";
import { contextFor } from "@/lib/auth/context";
import { currentProcess } from "@/lib/auth/process";
import {
  sendTestReportSchema,
  testDeliveryAnswerSchema,
  testReceiverResponseSchema,
  testReportAnswerSchema,
  testReportsDeletedSchema,
} from "@/lib/contracts/first-run";
import { deleteTestReports } from "@/lib/pipeline/first-run/delete-test-reports";
import { getTestReceiver } from "@/lib/pipeline/first-run/get-test-receiver";
import { receiveTestDelivery } from "@/lib/pipeline/first-run/receive-test-delivery";
import { removeTestReceiver } from "@/lib/pipeline/first-run/remove-test-receiver";
import { sendTestReport } from "@/lib/pipeline/first-run/send-test-report";
import { setUpTestReceiver } from "@/lib/pipeline/first-run/set-up-test-receiver";
import { testReceiverToWire } from "@/lib/wire/first-run";
import { readText } from "../read-body";
import { reportLimitBytes, route } from "../route";

const receiver = "/incident-monitor/test-receiver";
const setUp = `${receiver}/set-up`;
const reports = "/incident-monitor/test-reports";

export const firstRunRoutes = [
  route({
    method: "get",
    path: receiver,
    summary: "The built-in test receiver: whether it is set up, which test reports there are, what it took",
    auth: { kind: "actor", permission: "read" },
    response: testReceiverResponseSchema,
    run: async ({ ctx }) => ({ body: { test_receiver: testReceiverToWire(await getTestReceiver(ctx)) } }),
  }),
  route({
    method: "post",
    path: receiver,
    summary:
      "Where the product delivers to itself: takes a delivery whose signature proves to be ours, and nothing else",
    auth: { kind: "signature" },
    rawBody: true,
    body: z.looseObject({}),
    bodyLimitBytes: reportLimitBytes,
    response: testDeliveryAnswerSchema,
    errors: {
      unauthenticated: [401, "INCIDENT_MONITOR_SIGNATURE_INVALID"],
      delivery_malformed: [400, "INCIDENT_MONITOR_DELIVERY_MALFORMED"],
    },
    run: async ({ request, requestId }) => {
      const body = await readText(request, reportLimitBytes);
      const actor = { kind: "system", name: "test-receiver" } as const;
      const taken = await receiveTestDelivery(contextFor(currentProcess(), actor, requestId), {
        body,
        signature: request.headers.get("x-tandem-signature"),
        deliveryId: request.headers.get("x-tandem-delivery-id"),
        idempotencyKey: request.headers.get("idempotency-key"),
        event: request.headers.get("x-tandem-event"),
      });
      const answer = { received: true, signature: "valid" } as const;
      return { body: { ...answer, delivery_id: taken.deliveryId, duplicate: taken.duplicate } };
    },
  }),
  route({
    method: "post",
    path: setUp,
    summary: "Add the destination that leads to the test receiver and the route that test reports take",
    auth: { kind: "actor", permission: "configure" },
    body: z.looseObject({}),
    response: testReceiverResponseSchema,
    run: async ({ ctx }) => {
      await setUpTestReceiver(ctx);
      return { body: { test_receiver: testReceiverToWire(await getTestReceiver(ctx)) } };
    },
  }),
  route({
    method: "delete",
    path: setUp,
    summary: "Take that destination and that route away again; receipts stay",
    auth: { kind: "actor", permission: "configure" },
    response: testReceiverResponseSchema,
    run: async ({ ctx }) => {
      await removeTestReceiver(ctx);
      return { body: { test_receiver: testReceiverToWire(await getTestReceiver(ctx)) } };
    },
  }),
  route({
    method: "post",
    path: reports,
    summary: "Send a report that says it is a test through the real intake, of a project where one is named",
    auth: { kind: "actor", permission: "report" },
    body: sendTestReportSchema,
    response: testReportAnswerSchema,
    errors: {
      intake_project_unknown: [400, "INCIDENT_MONITOR_INTAKE_PROJECT_UNKNOWN"],
      quality_gate_blocked: [400, "INCIDENT_MONITOR_REPORT_INVALID"],
    },
    run: async ({ ctx, body }) => {
      const { draft, incident } = await sendTestReport(ctx, { projectId: body.project_id ?? null });
      return { body: { draft_id: draft.draftId, incident_id: incident.incidentId } };
    },
  }),
  route({
    method: "delete",
    path: reports,
    summary: "Delete the incidents of all test reports, with their drafts and receipts",
    auth: { kind: "actor", permission: "delete" },
    response: testReportsDeletedSchema,
    run: async ({ ctx }) => ({ body: await deleteTestReports(ctx) }),
  }),
];
