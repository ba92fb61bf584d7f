import { Section } from "@/components/layout/section";
import { approvalWord } from "@/components/settings/words";
import { GateGlyph } from "@/components/state/gate-glyph";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { toneClass } from "@/components/ui/tone";
import type { SafetySection } from "./safety-form";

const policies = ["inherit", "always", "high_risk", "never"] as const;

/** What the settings come to: for each policy of a route or source, may it leave without a person? As they stand here. */
export function ApprovalTable({ section, className }: { section: SafetySection; className?: string }) {
  return (
    <Section title="What these come to" className={className}>
      <p className="text-muted-foreground">
        With what is set here, unsaved changes included. A destination or project that asks for approval
        always gets it.
      </p>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>Route or source says</TableHead>
            <TableHead>High risk</TableHead>
            <TableHead>Other</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {policies.map((policy) => (
            <TableRow key={policy}>
              <TableHead scope="row" className="font-medium text-foreground">
                {policy === "inherit" ? "nothing of its own" : approvalWord[policy]}
              </TableHead>
              <TableCell>
                <Outcome
                  closed={needsPerson(section, policy, true)}
                  people={section.safety_defaults.approvals_required_high_risk}
                />
              </TableCell>
              <TableCell>
                <Outcome closed={needsPerson(section, policy, false)} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p className="text-12 text-muted-foreground">
        {section.safety_defaults.publish_on_approval
          ? "Approving sends at once."
          : "After that somebody publishes it; nothing leaves by itself."}
      </p>
    </Section>
  );
}

type Policy = (typeof policies)[number];

/** D-07, for a destination that asks for nothing of its own. */
function needsPerson(section: SafetySection, policy: Policy, highRisk: boolean): boolean {
  if (policy === "always") return true;
  if (highRisk && section.safety_defaults.approvals_required_high_risk > 1) return true;
  const asked = section.safety_defaults.require_approval_for_high_risk || policy === "high_risk";
  if (highRisk && asked) return true;
  return policy === "never" ? false : section.require_approval_for_new_issues;
}

function Outcome({ closed, people = 1 }: { closed: boolean; people?: number }) {
  return (
    <span
      className={cn(
        toneClass(closed ? "needs" : "idle"),
        "inline-flex items-center gap-1.5 text-12 font-medium text-tone",
      )}
    >
      <GateGlyph name={closed ? "required" : "open"} />
      {!closed ? "Nobody" : people > 1 ? `${people} people` : "A person"}
    </span>
  );
}
