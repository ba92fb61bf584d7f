import type { UserWire } from "@/lib/contracts/access";

const deciding: readonly string[] = ["approver", "admin"];

/** May this person approve anything at all? Whether they may for one project the server says when it is saved. */
export const mayApprove = ({ disabled_at_ms, role, project_roles }: UserWire): boolean =>
  disabled_at_ms === undefined &&
  [role, ...Object.values(project_roles)].some((each) => each !== undefined && deciding.includes(each));

/** Two people of one name are told apart by their address. */
export function personLabel(person: UserWire, all: readonly UserWire[]): string {
  const isAlone = all.filter((each) => each.name === person.name).length < 2;
  return isAlone ? person.name : `${person.name} (${person.email})`;
}

/** Why somebody who is named cannot approve; null where they can, as far as is known. */
export function approverTrouble(person: UserWire | undefined, isRead: boolean): string | null {
  if (!isRead) return null;
  if (!person) return "gone";
  if (person.disabled_at_ms !== undefined) return "disabled";
  return mayApprove(person) ? null : "may not approve";
}

/** "One of 3 named people", "2 of 3 named people"; empty where nobody is named. */
export function namedPeopleWords(ids: readonly string[] | undefined, count: number | undefined): string {
  if (!ids?.length) return "";
  return ids.length === 1
    ? "the person who is named"
    : `${(count ?? 1) === 1 ? "one" : count} of ${ids.length} people who are named`;
}
