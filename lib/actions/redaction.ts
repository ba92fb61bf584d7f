"use server";

import { z } from "zod";
import { startRereading as start } from "@/lib/pipeline/redaction/start-rereading";
import { stopRereading as stop } from "@/lib/pipeline/redaction/stop-rereading";
import { redactionRunToWire } from "@/lib/wire/redaction-run";
import { defineAction } from "./define-action";

const startAction = defineAction({
  permission: "configure",
  schema: z.object({}),
  verb: async (ctx) => ({ run: redactionRunToWire(await start(ctx)) }),
});

/** A worker does it, page by page. 409 while another walk is not through. */
export async function startRereading() {
  return startAction({});
}

const stopAction = defineAction({
  permission: "configure",
  schema: z.object({ run_id: z.string().min(1).max(200) }),
  verb: async (ctx, { run_id }) => ({ run: redactionRunToWire(await stop(ctx, run_id)) }),
});

/** It ends with the page it is on. 409 when it has ended already. */
export async function stopRereading(input: { run_id: string }) {
  return stopAction(input);
}
