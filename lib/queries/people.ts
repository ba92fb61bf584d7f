import { queryOptions, useQuery } from "@tanstack/react-query";
import type { UserListWire, UserWire } from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";
import { usePermission } from "./session";

/** A deployment has tens of people; so many pages of a hundred are read at most. */
const pagesMax = 10;

/** Everybody who has an account, by name, for choosing among them and for saying who an id is. */
export function peopleQuery() {
  return queryOptions({
    queryKey: keys.access.people,
    queryFn: async ({ signal }) => {
      const people: UserWire[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const found = await getJson<UserListWire>(api.users({ limit: 100, cursor }), signal);
        people.push(...found.users);
        cursor = found.next_cursor;
        if (!cursor) break;
      }
      return people.toSorted((one, other) => one.name.localeCompare(other.name));
    },
    staleTime: 60_000,
  });
}

export type People = {
  /** Undefined while they are not read, or for who may not see who has access. */
  all: readonly UserWire[] | undefined;
  find: (userId: string) => UserWire | undefined;
};

export function usePeople(): People {
  const mayRead = usePermission("readAccess").allowed;
  const all = useQuery({ ...peopleQuery(), enabled: mayRead }).data;
  return { all, find: (userId) => all?.find((each) => each.user_id === userId) };
}
