import Link from "next/link";
import type { AssessmentSectionsWire, OwnerWire } from "@/lib/contracts/assessment-sections";
import { ReportPart } from "./report-part";
import { ReportTable } from "./report-table";
import { aboutPath, mitigationSources, words } from "./report-words";

/** What to do, by whom; and what nobody could say. */
export function ReportActions({ sections }: { sections: AssessmentSectionsWire }) {
  const { recommended_mitigations: mitigations, open_questions: questions } = sections;
  return (
    <>
      <ReportPart id="mitigations" title="Recommended mitigations" count={mitigations.length}>
        <ReportTable
          caption="What would make the deployment safer, heaviest first"
          heads={["Severity", "From", "What to do", "Where", "Owner"]}
          rows={mitigations.map((each, place) => ({
            key: `${place}`,
            cells: [
              each.severity,
              mitigationSources[each.source] ?? words(each.source),
              each.recommendation,
              <About key="about" about={each.about} />,
              <Owner key="owner" owner={each.owner} />,
            ],
          }))}
        />
      </ReportPart>
      <ReportPart id="questions" title="Open questions" count={questions.length}>
        <p className="max-w-180 text-muted-foreground">
          What the evidence cannot answer. Each stays open until somebody answers it elsewhere, or there is
          evidence.
        </p>
        <ReportTable
          caption="Questions that the evidence leaves open"
          heads={["Question", "About", "Why it is open", "Who could answer"]}
          rows={questions.map((each, place) => ({
            key: `${place}`,
            cells: [
              each.question,
              <About key="about" about={each.about} />,
              each.why,
              <Owner key="owner" owner={each.owner} />,
            ],
          }))}
        />
      </ReportPart>
    </>
  );
}

function About({ about }: { about: { kind: string; id: string } }) {
  const path = aboutPath(about);
  const isOurWord = /^(?:metric|probe|scenario|deployment|safety_defaults)$/.test(about.kind);
  const text = `${words(about.kind)} ${isOurWord ? words(about.id) : about.id}`;
  return path ? (
    <Link href={path} className="link break-all">
      {text}
    </Link>
  ) : (
    <span className="break-all">{text}</span>
  );
}

const bases: Readonly<Record<OwnerWire["basis"], string>> = {
  source_owner: "named by the source",
  project_owner: "named by the project",
  registered_creator: "who registered it",
  destination_sources: "whose sources go there",
  none: "",
};

function Owner({ owner }: { owner: OwnerWire }) {
  if (!owner.assigned) return <strong className="font-semibold">unassigned</strong>;
  return (
    <>
      {owner.name}
      <span className="block text-12 text-muted-foreground">{bases[owner.basis]}</span>
    </>
  );
}
