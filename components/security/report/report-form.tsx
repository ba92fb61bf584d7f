"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { FilterSelect } from "@/components/layout/filter-select";
import { sourceKinds } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import type { AssessmentReportResponseWire } from "@/lib/contracts/assessment-report";
import { useGenerateReport } from "@/lib/queries/assessment-reports";
import { configQuery } from "@/lib/queries/config-query";
import { probeIds, probeName } from "../probes/probe-words";
import { askOf, dayFault, initialAsk, type ReportAsk, severities } from "./report-ask";
import { riskLooks } from "./report-words";

const switches = [
  { name: "probeResults", label: "List what each probe saw", help: "They are tried and counted either way." },
  { name: "suggestions", label: "Suggest a draft for each finding", help: "Nothing is drafted by it." },
  { name: "keep", label: "Keep the report with its digest", help: "Not kept, it is only shown here." },
] as const;

/** What a report is to look at, and the button that makes it. */
export function ReportForm({ onMade }: { onMade: (answer: AssessmentReportResponseWire) => void }) {
  const [ask, setAsk] = useState<ReportAsk>(initialAsk);
  const generate = useGenerateReport();
  const announce = useAnnounce();
  const fault = dayFault(ask);
  const set = (change: Partial<ReportAsk>) => setAsk({ ...ask, ...change });
  function start() {
    generate.mutate(askOf(ask), {
      onSuccess: (answer) => {
        const { risk } = answer.sections.residual_risk_and_follow_up;
        announce(`The report is there: ${riskLooks[risk].word.toLowerCase()}.`);
        onMade(answer);
      },
    });
  }
  return (
    <form
      aria-label="New report"
      className="flex max-w-200 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault && !generate.isPending) start();
      }}
    >
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <Field label="From" note="(UTC)" error={fault}>
          <Input
            type="date"
            size="sm"
            value={ask.from}
            onChange={(event) => set({ from: event.target.value })}
          />
        </Field>
        <Field label="To" note="(UTC)">
          <Input type="date" size="sm" value={ask.to} onChange={(event) => set({ to: event.target.value })} />
        </Field>
        <FilterSelect
          label="Kind of source of the incidents"
          any="Incidents of any source"
          value={ask.sourceKind}
          options={sourceKinds.map(({ value, label }) => ({ value, label }))}
          onChange={(sourceKind) => set({ sourceKind })}
        />
        <FilterSelect
          label="Findings that are listed"
          any="Findings of any severity"
          value={ask.minSeverity}
          options={severities.map((value) => ({ value, label: `${value} and worse` }))}
          onChange={(minSeverity) => set({ minSeverity })}
        />
      </div>
      <p className="-mt-2 text-12 text-muted-foreground">
        Without dates everything there is counts. The risk counts every finding, listed or not.
      </p>
      <Several
        legend="Probes"
        options={probeIds.map((id) => ({ id, label: probeName(id) }))}
        chosen={ask.probes}
        onChange={(probes) => set({ probes })}
      />
      <Destinations chosen={ask.destinations} onChange={(destinations) => set({ destinations })} />
      <div className="flex flex-col gap-2">
        {switches.map(({ name, label, help }) => (
          <Choice key={name} label={label} help={help}>
            <Checkbox checked={ask[name]} onCheckedChange={(on) => set({ [name]: on === true })} />
          </Choice>
        ))}
      </div>
      {generate.isError ? <ActionFailure what="No report was made." error={generate.error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="default"
          pending={generate.isPending}
          disabled={ask.probes.length === 0}
        >
          {generate.isPending ? "Looking at everything…" : "Run the assessment"}
        </Button>
        {ask.probes.length === 0 ? (
          <p className="text-12 text-muted-foreground">Choose at least one probe.</p>
        ) : null}
      </div>
    </form>
  );
}

/** Where an export would go is only told, nothing is sent: without any, what the routes say. */
function Destinations(props: { chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const config = useQuery(configQuery()).data;
  const options = (config?.destinations ?? []).map(({ destination_id: id, name }) => ({
    id,
    label: name || id,
  }));
  if (options.length === 0) return null;
  return (
    <Several
      legend="Say where an export to these would go (none: by the routes)"
      options={options}
      {...props}
    />
  );
}

type SeveralProps = {
  legend: string;
  options: ReadonlyArray<{ id: string; label: string }>;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
};

function Several({ legend, options, chosen, onChange }: SeveralProps) {
  return (
    <FieldSet legend={legend}>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {options.map(({ id, label }) => (
          <Choice key={id} label={label}>
            <Checkbox
              checked={chosen.includes(id)}
              onCheckedChange={(on) =>
                onChange(on === true ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
          </Choice>
        ))}
      </div>
    </FieldSet>
  );
}
