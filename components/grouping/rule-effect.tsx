import Link from "next/link";
import { plural } from "@/components/settings/words";
import { RedactedText } from "@/components/state/redacted-text";
import type { GroupingPreviewWire } from "@/lib/contracts/grouping";
import { incidentPath } from "@/lib/paths";

type Example = GroupingPreviewWire["merged"][number]["lead"];

/** What a rule would do to the incidents there are. */
export function RuleEffect({ preview }: { preview: GroupingPreviewWire }) {
  const quiet = preview.merged_count === 0 && preview.split_count === 0 && preview.continued === 0;
  return (
    <div className="flex flex-col gap-4">
      <p>
        Of {plural(preview.looked_at, "incident")}
        {preview.truncated ? ", the newest," : ""}{" "}
        {quiet ? (
          "none would change."
        ) : (
          <>
            <strong>{preview.merged_count}</strong> would be merged into another,{" "}
            <strong>{preview.split_count}</strong> would be told apart from now on, {preview.continued} would
            go on under a new identity, {preview.untouched} would stay as they are.
          </>
        )}
      </p>
      {preview.merged.length > 0 ? (
        <div>
          <h3 className="mb-1 text-12 text-muted-foreground">Would be one incident</h3>
          <ul>
            {preview.merged.map(({ lead, members }) => (
              <li key={lead.incident_id} className="border-b border-border py-2 last:border-b-0">
                <ExampleLine example={lead} />
                <ul className="mt-1 border-l-2 border-border pl-3">
                  {members.map((member) => (
                    <li key={member.incident_id}>
                      <ExampleLine example={member} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {preview.split.length > 0 ? (
        <div>
          <h3 className="mb-1 text-12 text-muted-foreground">Would be told apart from now on</h3>
          <ul>
            {preview.split.map(({ incident, values }) => (
              <li key={incident.incident_id} className="border-b border-border py-2 last:border-b-0">
                <ExampleLine example={incident} />
                <p className="mt-0.5 font-mono text-12 wrap-anywhere text-muted-foreground">
                  {values.map((each) => `${each.value ?? "not said"} ${each.count}×`).join(", ")}
                </p>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

const ExampleLine = ({ example }: { example: Example }) => (
  <span className="flex min-w-0 items-baseline gap-2">
    <Link href={incidentPath(example.incident_id)} className="link min-w-0 flex-1 truncate">
      <RedactedText text={example.title} />
    </Link>
    <span className="flex-none text-12 text-muted-foreground tabular-nums">
      {example.occurrence_count.toLocaleString("en-GB")}×
    </span>
  </span>
);
