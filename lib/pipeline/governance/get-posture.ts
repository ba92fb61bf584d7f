import { sha256Hex } from "@/lib/digest";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { checkPosture, type PostureAsk, type PostureChecks } from "@/lib/domain/posture-checks";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { getAuthorityInventory } from "./get-authority-inventory";

export type Posture = PostureChecks & { inventory: AuthorityInventory };

/**
 * What the rules find in the inventory as this actor may see it: of other people's projects there is nothing in it, so
 * nothing is found. Reads only, whatever mode is asked for.
 *
 * @throws AppError forbidden
 */
export async function getPosture(ctx: Context, ask: PostureAsk): Promise<Posture> {
  await authorize(ctx, "read", { kind: "security", id: "posture_checks" });
  const inventory = await getAuthorityInventory(ctx);
  return { ...checkPosture(inventory, ask, sha256Hex), inventory };
}
