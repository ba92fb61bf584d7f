import { permissionWord, roleWord } from "@/components/access/access-words";
import type { PermissionWord } from "@/lib/contracts/access";
import type { AuthorityInventoryWire } from "@/lib/contracts/authority-inventory";
import type { NameOf } from "@/lib/queries/names";
import { facts, type InventoryRow, list, marks, there } from "./inventory-row";

type Inventory = AuthorityInventoryWire["inventory"];

/* Who has access: people, roles, tokens and keys. */

const mayWord = (permission: string): string =>
  permissionWord[permission as PermissionWord]?.toLowerCase() ?? permission;

export const userRow = (row: Inventory["users"][number], name: NameOf): InventoryRow => ({
  id: row.user_id,
  name: row.name,
  facts: facts(
    row.role && `${roleWord(row.role)} over everything`,
    ...Object.entries(row.project_roles).map(
      ([project, role]) => `${roleWord(role)} on ${name.project(project)}`,
    ),
    `${row.session_count} ${row.session_count === 1 ? "session" : "sessions"}`,
  ),
  marks: marks(
    row.password_present && there("password"),
    row.second_factor_present ? there("second factor") : { word: "no second factor", tone: "missing" },
  ),
  off: row.enabled ? undefined : "Disabled",
});

export const roleRow = (row: Inventory["roles"][number]): InventoryRow => ({
  id: row.role,
  name: roleWord(row.role),
  facts: facts(
    list(row.permissions.map(mayWord), "nothing"),
    row.user_count !== null && `${row.user_count} ${row.user_count === 1 ? "person" : "people"}`,
  ),
  marks: [],
});

export const tokenRow = (row: Inventory["tokens"][number]): InventoryRow => ({
  id: row.token_id,
  name: row.name,
  facts: facts(
    `${row.kind} token`,
    row.bootstrap && "the host’s own",
    row.scopes.length ? `narrowed to: ${row.scopes.map(mayWord).join(", ")}` : "all that its kind may do",
  ),
  marks: marks(
    row.token_hash_present && there("hash kept"),
    row.expires_at_ms === null && { word: "never ends", tone: "missing" },
  ),
  off: row.enabled ? undefined : "Ended",
});

export const keyRow = (row: Inventory["scoped_intake_keys"][number], name: NameOf): InventoryRow => ({
  id: row.key_id,
  name: row.name,
  facts: facts(
    `reports for ${name.project(row.project_id)}`,
    row.source_ids.length > 0 && `as ${row.source_ids.join(", ")}`,
    row.scopes.join(", "),
  ),
  marks: marks(
    row.key_hash_present && there("hash kept"),
    row.expires_at_ms === null && { word: "never ends", tone: "missing" },
  ),
  off: row.enabled ? undefined : "Disabled",
});
