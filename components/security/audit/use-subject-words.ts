import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditEntryWire } from "@/lib/contracts/audit";
import { tokenListQuery, userListQuery } from "@/lib/queries/access";
import { useNames } from "@/lib/queries/names";
import { usePermission } from "@/lib/queries/session";
import { type AccessNames, subjectWords } from "./subject-words";

/** Names of the newest people and tokens, for who may see them; what is not among them keeps its id. */
export function useSubjectWords() {
  const name = useNames();
  const enabled = usePermission("readAccess").allowed;
  const users = useInfiniteQuery({ ...userListQuery(), enabled }).data?.pages ?? [];
  const tokens = useInfiniteQuery({ ...tokenListQuery(), enabled }).data?.pages ?? [];
  const access: AccessNames = {
    user: Object.fromEntries(users.flatMap((page) => page.users).map((each) => [each.user_id, each.name])),
    token: Object.fromEntries(
      tokens.flatMap((page) => page.tokens).map((each) => [each.token_id, each.name]),
    ),
  };
  return (entry: AuditEntryWire) => subjectWords(entry, name, access);
}
