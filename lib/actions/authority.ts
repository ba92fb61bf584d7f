"use server";

import { z } from "zod";
import { deleteAuthoritySubjects } from "@/lib/pipeline/governance/delete-authority-subjects";
import { defineAction } from "./define-action";

const removeAction = defineAction({
  permission: "registerSubjects",
  schema: z.object({ runtime_id: z.string().min(1).max(200) }),
  verb: async (ctx, { runtime_id }) => {
    await deleteAuthoritySubjects(ctx, { runtimeId: runtime_id });
    return { runtime_id };
  },
});

/** Takes out everything a runtime registered; it may register again. */
export async function removeAuthoritySubjects(input: { runtime_id: string }) {
  return removeAction(input);
}
