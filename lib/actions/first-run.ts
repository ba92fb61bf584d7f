"use server";

import { z } from "zod";
import { type SendTestReportWire, sendTestReportSchema } from "@/lib/contracts/first-run";
import { deleteTestReports as remove } from "@/lib/pipeline/first-run/delete-test-reports";
import { getTestReceiver } from "@/lib/pipeline/first-run/get-test-receiver";
import { removeTestReceiver as takeAway } from "@/lib/pipeline/first-run/remove-test-receiver";
import { sendTestReport as send } from "@/lib/pipeline/first-run/send-test-report";
import { setUpTestReceiver as setUp } from "@/lib/pipeline/first-run/set-up-test-receiver";
import { testReceiverToWire } from "@/lib/wire/first-run";
import { defineAction } from "./define-action";

const nothing = z.object({});

const setUpAction = defineAction({
  permission: "configure",
  schema: nothing,
  verb: async (ctx) => {
    await setUp(ctx);
    return { test_receiver: testReceiverToWire(await getTestReceiver(ctx)) };
  },
});

const takeAwayAction = defineAction({
  permission: "configure",
  schema: nothing,
  verb: async (ctx) => {
    await takeAway(ctx);
    return { test_receiver: testReceiverToWire(await getTestReceiver(ctx)) };
  },
});

const sendAction = defineAction({
  permission: "report",
  schema: sendTestReportSchema,
  verb: async (ctx, input) => {
    const { draft, incident } = await send(ctx, { projectId: input.project_id ?? null });
    return { draft_id: draft.draftId, incident_id: incident.incidentId };
  },
});

const removeAction = defineAction({
  permission: "delete",
  schema: nothing,
  verb: async (ctx) => remove(ctx),
});

/** Adds the destination and the route of the built-in test receiver. */
export async function setUpTestReceiver() {
  return setUpAction({});
}

/** Takes both away again; receipts stay. */
export async function removeTestReceiver() {
  return takeAwayAction({});
}

/** A real report that says it is a test. */
export async function sendTestReport(input: SendTestReportWire) {
  return sendAction(input);
}

/** Hides the incidents of all test reports. */
export async function deleteTestReports() {
  return removeAction({});
}
