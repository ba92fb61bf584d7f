import type { ListedSilence } from "@/lib/db/silence-store";
import type { Context } from "../context";
import { requireSilence } from "./require-silence";

/** @throws AppError not_found `silence_not_found`, forbidden */
export async function getSilence(ctx: Context, silenceId: string): Promise<ListedSilence> {
  return requireSilence(ctx, silenceId);
}
