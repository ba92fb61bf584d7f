import Link from "next/link";
import { shortId } from "@/components/drafts/draft-words";
import { Fact, Facts } from "@/components/layout/facts";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import type { DeploymentCardWire } from "@/lib/contracts/deployment-card";
import { incidentPath, posturePath, probesPath, scenariosPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { boundaryWords } from "./card-words";

const linkLook = "underline underline-offset-2 hover:text-foreground";

/** What the inventory says it may do, and the records that are its own. */
export function CardFacts({ card }: { card: DeploymentCardWire }) {
  const name = useNames();
  const { authority, linked_evidence: linked } = card;
  return (
    <>
      <Section title="What it may do">
        <Facts>
          <Fact term="Boundary">{boundaryWords[card.system_boundary]}</Fact>
          <Fact term="Tenant" mono>
            {card.data.tenant_scope}
          </Fact>
          <Words term="Tools" words={authority.tools} />
          <Words term="MCP servers" words={authority.mcp_servers} />
          <Names term="Destinations" names={authority.destinations.map(name.destination)} />
          <Names term="Routes" names={authority.routes.map(name.route)} />
        </Facts>
      </Section>
      <Section title="Linked evidence">
        <ul className="flex flex-col gap-1.5">
          {linked.posture_finding_refs.map((ref) => (
            <li key={ref.id}>
              <Link className={linkLook} href={posturePath()}>
                {ref.title}
              </Link>{" "}
              <span className="text-12 text-muted-foreground">{ref.severity}</span>
            </li>
          ))}
          {linked.incident_refs.map((ref) => (
            <li key={ref.id}>
              <Link className={linkLook} href={incidentPath(ref.id)} title={ref.id}>
                Incident <span className="font-mono text-12">{shortId(ref.id)}</span>
              </Link>
            </li>
          ))}
          {linked.evidence_pack_refs.map((ref) => (
            <li key={ref.id}>
              <Link className={linkLook} href={ref.kind === "probe_run" ? probesPath() : scenariosPath()}>
                {ref.kind === "probe_run" ? "Probe run" : "Scenario run"}
              </Link>{" "}
              <RelativeTime value={ref.created_at_ms} className="text-12 text-muted-foreground" />
            </li>
          ))}
        </ul>
        {linked.posture_finding_refs.length +
          linked.incident_refs.length +
          linked.evidence_pack_refs.length ===
        0 ? (
          <p className="text-muted-foreground">No finding, incident or run is its own.</p>
        ) : null}
      </Section>
    </>
  );
}

function Names({ term, names }: { term: string; names: readonly string[] }) {
  return (
    <Fact term={term}>
      {names.length === 0 ? <span className="text-muted-foreground">none</span> : names.join(", ")}
    </Fact>
  );
}

/** What tools and servers are called is their id. */
function Words({ term, words }: { term: string; words: readonly string[] }) {
  return (
    <Fact term={term}>
      {words.length === 0 ? (
        <span className="text-muted-foreground">none</span>
      ) : (
        <span className="font-mono text-12 wrap-anywhere">{words.join(", ")}</span>
      )}
    </Fact>
  );
}
