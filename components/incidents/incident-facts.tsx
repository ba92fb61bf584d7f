import { Fact, Facts } from "@/components/layout/facts";
import { IdText } from "@/components/layout/id-text";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { sourceWords } from "@/components/state/source-words";
import type { IncidentWire } from "@/lib/contracts/incident";
import { useNames } from "@/lib/queries/names";
import { namedLog, provenanceWords } from "./incident-state";

/** Where it came from and what it carries; what was not given is not listed. */
export function IncidentFacts({ incident }: { incident: IncidentWire }) {
  const name = useNames();
  const optional: [string, string | undefined][] = [
    ["Project", incident.project_id && name.project(incident.project_id)],
    ["Log source", namedLog(incident)],
    ["Source", incident.source && sourceWords(incident.source)],
    ["Component", incident.component],
    ["Level", incident.level],
    ["Environment", incident.environment],
    ["Category", incident.risk_category],
    ["Confidence", incident.confidence],
    ["Actor", incident.actor],
    ["Model", incident.model],
    ["Tool", incident.tool_name],
  ];
  const first = incident.releases?.[0];
  const last = [...(incident.releases ?? [])].sort((a, b) => b.last_seen_at_ms - a.last_seen_at_ms)[0];
  return (
    <Section title="Facts">
      <Facts>
        <Fact term="Incident">
          <IdText id={incident.incident_id} kind="incident id" className="max-w-full text-foreground" />
        </Fact>
        <Fact term="Fingerprint">
          <IdText id={incident.fingerprint} kind="fingerprint" className="max-w-full text-foreground" />
        </Fact>
        <Fact term="Came by">{provenanceWords(incident.provenance)}</Fact>
        <Fact term="Event" mono>
          <RedactedText text={incident.event_type} />
        </Fact>
        <Fact term="First seen">
          <RelativeTime value={incident.first_seen_at_ms} />
        </Fact>
        <Fact term="Last seen">
          <RelativeTime value={incident.last_seen_at_ms} />
        </Fact>
        {first ? (
          <Fact term="Releases">
            {first.release}
            {last && last.release !== first.release ? ` to ${last.release}` : ""}
          </Fact>
        ) : null}
        <Fact term="Repository" mono>
          {incident.repo}
        </Fact>
        {optional.map(([term, value]) =>
          value ? (
            <Fact key={term} term={term}>
              <RedactedText text={value} />
            </Fact>
          ) : null,
        )}
        {incident.route_tags.length > 0 ? (
          <Fact term="Route tags">{incident.route_tags.join(", ")}</Fact>
        ) : null}
      </Facts>
    </Section>
  );
}
