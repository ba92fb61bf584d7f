import { attention, type EvaluatedControl, met, type OwnedControl } from "./production-readiness";
import { control, owned, times } from "./readiness-control";

/** Who is told, who decides, and whether anything waits for them. */
export const dutyControls: EvaluatedControl[] = [
  control(
    "response_duties",
    "notifications",
    "People are told of what needs them",
    ["Notifications", "/settings/incident-monitor/safety"],
    ({ notifications: { enabled, tellsApprovals, canSend } }) => {
      if (!enabled || !tellsApprovals)
        return attention(
          "Nobody is told outside the panel that an approval waits.",
          "Switch notifications of approvals on.",
        );
      return canSend
        ? met("Approvals that wait are told outside the panel.")
        : attention(
            "Notifications are on, and nothing can carry them.",
            "Set up mail on the host, or name a webhook destination.",
          );
    },
  ),
  control(
    "response_duties",
    "deciders",
    "More than one person can decide",
    ["People", "/settings/access"],
    ({ people: { deciders } }) =>
      deciders > 1
        ? met(`${deciders} people may approve.`)
        : attention(
            deciders === 1 ? "One person alone may approve." : "Nobody may approve.",
            "Give somebody else the role of approver.",
          ),
  ),
  control(
    "response_duties",
    "approvals_answered",
    "No approval waits",
    ["Drafts", "/drafts?state=approval_due&quiet=false"],
    ({ duties: { approvalsDue } }) =>
      approvalsDue > 0
        ? attention(`${times(approvalsDue, "draft")} wait for a decision.`, "Decide them.")
        : met("Nothing waits for a decision."),
  ),
  control(
    "response_duties",
    "deliveries_settled",
    "No delivery is left failed or unsettled",
    ["Receipts", "/receipts?state=failed"],
    ({ duties: { failedDeliveries } }) =>
      failedDeliveries > 0
        ? attention(
            `${times(failedDeliveries, "delivery", "deliveries")} failed or are unsettled.`,
            "Retry or settle each.",
          )
        : met("Every delivery came to a good end."),
  ),
  control(
    "response_duties",
    "break_glass_reviewed",
    "Every broken glass was judged",
    ["Break-glass reviews", "/security/break-glass"],
    ({ duties: { breakGlassOpen, breakGlassOverdue } }) =>
      breakGlassOpen > 0
        ? attention(
            `${times(breakGlassOpen, "use")} wait to be judged${breakGlassOverdue > 0 ? `, ${breakGlassOverdue} overdue` : ""}.`,
            "Judge each.",
          )
        : met("No use waits to be judged."),
  ),
];

/** Of those what cannot be seen from inside. */
export const owedDutyControls: OwnedControl[] = [
  owned(
    "response_duties",
    "on_call",
    "Somebody is on call",
    "Who answers at night is not known here.",
    "Say who is on call and how they are reached.",
  ),
  owned(
    "response_duties",
    "escalation",
    "An escalation path is agreed",
    "What follows when nobody answers is not known here.",
    "Say who is called next, and after how long.",
  ),
  owned(
    "response_duties",
    "exercise",
    "An incident was rehearsed",
    "Exercises leave no trace here.",
    "Rehearse one, then vouch for it with its date.",
  ),
];
