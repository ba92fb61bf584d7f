import { EmptyState } from "@/components/layout/empty-state";
import { andWords, plural } from "@/components/settings/words";
import type { PostureChecksWire } from "@/lib/contracts/posture";

/** Says what was looked at, so that nothing found is worth something. */
export function NothingFound({ checks, narrowed }: { checks: PostureChecksWire; narrowed: boolean }) {
  const { counts } = checks.authority_inventory;
  const of = (key: string) => counts[key] ?? 0;
  const { active_rules: on } = checks.counts;
  if (on === 0) {
    return (
      <EmptyState title="No rule is on" glyph="blocked">
        Nothing was looked for. Switch rules on below.
      </EmptyState>
    );
  }
  const looked = [
    plural(of("destinations"), "destination"),
    plural(of("routes"), "route"),
    plural(of("monitored_sources"), "source"),
    plural(of("automation_specs") + of("agents"), "automation or agent", "automations and agents"),
    plural(of("policy_decisions"), "decision"),
    plural(of("external_actions"), "delivery", "deliveries"),
  ];
  return (
    <EmptyState title={narrowed ? "Nothing of this severity" : "Nothing found"} glyph="granted" tone="passed">
      {plural(on, "rule")} looked at {andWords(looked)}.
    </EmptyState>
  );
}
