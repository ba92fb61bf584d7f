import { Fact, Facts } from "@/components/layout/facts";
import { Section } from "@/components/layout/section";
import { listMax } from "@/lib/contracts/config-values";

const limits: readonly { what: string; value: string }[] = [
  { what: "One report", value: "256 KiB" },
  { what: "A batch of reports", value: "500 reports, 10 MiB" },
  { what: "The configuration", value: "2 MiB" },
  { what: "A new intake key", value: "1,000 reports/s, bursts of 10,000" },
  { what: "Destinations", value: String(listMax.destinations) },
  { what: "Routes", value: listMax.routes.toLocaleString("en-GB") },
  { what: "Projects", value: String(listMax.projects) },
  { what: "Log sources", value: `${listMax.logSources} a project` },
  { what: "Ids in one list", value: String(listMax.ids) },
];

/** What is refused above it, always with the limit in the answer. None of these can be set here. */
export function Limits() {
  return (
    <Section title="Limits">
      <p className="text-muted-foreground">
        Fixed. More is refused whole, with the limit named in the answer.
      </p>
      <Facts className="[--term:152px]">
        {limits.map(({ what, value }) => (
          <Fact key={what} term={what}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
