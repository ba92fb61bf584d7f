import { assembleInventory } from "@/lib/domain/authority-assembly";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readAuthority } from "./read-authority";

/**
 * Who and what may act here, and on what, of the projects the actor may see (contract 10.1). A pure read of one moment:
 * of anything sensitive only whether it is there.
 *
 * @throws AppError forbidden
 */
export async function getAuthorityInventory(ctx: Context): Promise<AuthorityInventory> {
  await authorize(ctx, "read", { kind: "security", id: "authority_inventory" });
  return assembleInventory(await readAuthority(ctx));
}
