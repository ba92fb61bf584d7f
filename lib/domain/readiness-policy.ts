import { attention, type EvaluatedControl, met, notEvaluable } from "./production-readiness";
import { control, safety, times } from "./readiness-control";

const dayMs = 86_400_000;

/** What the configuration of this deployment decides. */
export const policyControls: EvaluatedControl[] = [
  control(
    "deployment_policy",
    "high_risk_approval",
    "High risk never leaves without a person",
    ["Safety defaults", safety("require_approval_for_high_risk")],
    ({ policy }) =>
      policy.highRiskNeedsApproval
        ? met("High risk needs an approval whatever a route says.")
        : attention("High risk may leave without an approval.", "Switch approval of high risk on."),
  ),
  control(
    "deployment_policy",
    "external_approval",
    "External destinations ask for approval",
    ["Destinations", "/settings/incident-monitor/destinations"],
    ({ policy: { external, externalWithoutApproval } }) =>
      externalWithoutApproval > 0
        ? attention(
            `${times(externalWithoutApproval, "external destination")} of ${external} ask for no approval themselves.`,
            "Let a person approve what goes there.",
          )
        : met(
            external === 0
              ? "Nothing leads outside."
              : `${times(external, "external destination")}, each asks for approval.`,
          ),
  ),
  control(
    "deployment_policy",
    "unready_blocked",
    "What is not ready is not sent to",
    ["Safety defaults", safety("block_unready_destinations")],
    ({ policy }) =>
      policy.blocksUnready
        ? met("A destination that is not ready blocks.")
        : attention(
            "A destination that is not ready does not block.",
            "Switch blocking of unready destinations on.",
          ),
  ),
  control(
    "deployment_policy",
    "redaction",
    "Redaction follows a profile that exists",
    ["Redaction", "/settings/incident-monitor/safety"],
    ({ policy: { redactionKnown, redactionProfile } }) =>
      redactionKnown
        ? met(`The default profile is ${redactionProfile}; secrets are taken out under every profile.`)
        : attention(
            `Nobody made the profile ${redactionProfile}: the strictest one is used instead.`,
            "Name a profile that exists.",
          ),
  ),
  control(
    "deployment_policy",
    "retention",
    "What is kept has an end",
    ["Retention", "/settings/incident-monitor/safety/retention"],
    ({ policy: { retentionFindings } }) =>
      retentionFindings > 0
        ? attention(
            `${times(retentionFindings, "setting")} keep records for ever or name no profile.`,
            "Give each a number of days, or say for ever on purpose.",
          )
        : met("Every profile in use says how long."),
  ),
  control(
    "deployment_policy",
    "sources_ready",
    "Sources that report are ready",
    ["Sources", "/settings/incident-monitor/sources"],
    ({ inventory: { enabledSources, unreadySources } }) =>
      enabledSources === 0
        ? notEvaluable("No source is switched on.")
        : unreadySources > 0
          ? attention(
              `${times(unreadySources, "source")} of ${enabledSources} lack something.`,
              "Open each and say what is missing.",
            )
          : met(`${times(enabledSources, "source")} switched on, each ready.`),
  ),
  control(
    "deployment_policy",
    "audit_role",
    "The application cannot rewrite its audit",
    ["Audit", "/security/audit"],
    ({ audit }) =>
      audit.rolesApart
        ? met("The ledger belongs to another database role than the application's.")
        : attention(
            "The application's database role could change the ledger.",
            "Split the roles: node scripts/audit.mjs protect ADMIN_URL.",
          ),
  ),
  control(
    "deployment_policy",
    "audit_witness",
    "Somebody outside holds checkpoints",
    ["Audit", "/security/audit"],
    ({ witness: { named, lastSentAtMs, intervalMs } }, nowMs) => {
      if (!named)
        return attention("No witness is told of checkpoints.", "Name a webhook destination as witness.");
      if (lastSentAtMs === null)
        return notEvaluable(
          "The witness was told of nothing yet.",
          "Wait for the first posting, or see why it fails.",
        );
      return nowMs - lastSentAtMs > Math.max(3 * intervalMs, dayMs)
        ? attention(
            "The witness was not reached for a while.",
            "See the last postings and end what stops them.",
          )
        : met("The witness was told of a checkpoint lately.");
    },
  ),
  control(
    "deployment_policy",
    "second_factor",
    "Admins prove themselves twice",
    ["People", "/settings/access"],
    ({ people: { admins, adminsWithoutSecondFactor } }) =>
      admins === 0
        ? notEvaluable("No admin is on record.")
        : adminsWithoutSecondFactor > 0
          ? attention(
              `${times(adminsWithoutSecondFactor, "admin")} of ${admins} have no second factor.`,
              "Have them set up one-time codes.",
            )
          : met(`${times(admins, "admin")}, each with a second factor.`),
  ),
];
