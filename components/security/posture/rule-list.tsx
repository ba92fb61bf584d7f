import { Section } from "@/components/layout/section";
import { SwitchRow } from "@/components/settings/switch-row";
import { SeverityLabel } from "@/components/state/severity-label";
import type { PostureChecksWire } from "@/lib/contracts/posture";
import type { PostureFilters } from "@/lib/queries/posture";
import { ruleName, ruleWords, switchedRules } from "./posture-words";

type RuleListProps = {
  rules: PostureChecksWire["rules"];
  disabled: string | undefined;
  onSwitch: (change: Partial<PostureFilters>) => void;
};

/** Every rule, what it looks for, and whether this look used it. The choice is the address's and nobody else's. */
export function RuleList({ rules, disabled, onSwitch }: RuleListProps) {
  const on = rules.filter((rule) => rule.enabled).length;
  return (
    <Section title={<span id="rules">Rules</span>} count={`${on} of ${rules.length} on`}>
      <p className="text-12 text-muted-foreground">
        Switched off for this look alone: the address keeps it, other people still see every rule.
      </p>
      <ul className="flex max-w-180 flex-col gap-3 pt-1">
        {rules.map((rule) => (
          <li key={rule.rule_id}>
            <SwitchRow
              label={ruleName(rule.rule_id)}
              help={ruleWords[rule.rule_id]?.looksFor}
              aside={<SeverityLabel severity={rule.default_severity} />}
              checked={rule.enabled}
              onChange={(isOn) => onSwitch({ disabled_rules: switchedRules(disabled, rule.rule_id, isOn) })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
