import type { NoticeKindWire, NoticeRiskWire, NotificationsWire } from "@/lib/contracts/notification";

export const kindChoices: readonly { kind: NoticeKindWire; label: string; help: string }[] = [
  { kind: "approvals", label: "Approvals due", help: "A draft came to the gate and waits for a decision." },
  { kind: "failures", label: "Failed deliveries", help: "A delivery failed, is blocked or ambiguous." },
  {
    kind: "break_glass",
    label: "Emergency approvals",
    help: "To admins: somebody approved with break-glass.",
  },
];

export const riskChoices: readonly { value: NoticeRiskWire; label: string }[] = [
  { value: "any", label: "Any risk" },
  { value: "low", label: "Low and above" },
  { value: "medium", label: "Medium and above" },
  { value: "high", label: "High and above" },
  { value: "critical", label: "Critical" },
];

/** "3 approvals, 1 failure". */
export function countsWords({
  approvals,
  failures,
  break_glass,
}: NotificationsWire["messages"][number]["counts"]): string {
  const words = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  return [
    ...words(approvals, "approval", "approvals"),
    ...words(failures, "failure", "failures"),
    ...words(break_glass, "emergency", "emergencies"),
  ].join(", ");
}
