"use server";

import { z } from "zod";
import { startRereading as start } from "@/lib/pipeline/redaction/start-rereading";
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
