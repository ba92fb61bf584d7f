import { type Role, roles, type TokenKind } from "@/lib/domain/actor";
import {
  everyPermission,
  type Permission,
  permissionsOfKind,
  permissionsOfRole,
} from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type RoleTable = {
  permissions: readonly Permission[];
  roles: Array<{ role: Role; permissions: readonly Permission[] }>;
  tokenKinds: Array<{ kind: TokenKind; permissions: readonly Permission[] }>;
};

const kinds: readonly TokenKind[] = ["admin", "service", "agent"];

/** What each role and each kind of token may do: the table that decides. @throws AppError forbidden */
export async function listRoles(ctx: Context): Promise<RoleTable> {
  await authorize(ctx, "read", { kind: "roles", id: "list" });
  return {
    permissions: everyPermission.filter((each) => each !== "intake" && each !== "ownAccount"),
    roles: roles.map((role) => ({ role, permissions: permissionsOfRole(role) })),
    tokenKinds: kinds.map((kind) => ({ kind, permissions: permissionsOfKind(kind) })),
  };
}
