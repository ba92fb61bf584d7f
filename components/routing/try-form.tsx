"use client";

import { ChipField } from "@/components/settings/chip-field";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { TextField } from "@/components/settings/text-field";
import { riskLevels } from "@/components/settings/words";
import type { ConfigWire } from "@/lib/contracts/config";
import type { RoutePreviewRequestWire } from "@/lib/contracts/route-preview";
import { knownValues } from "./known-values";

type TryFormProps = {
  config: ConfigWire;
  value: RoutePreviewRequestWire;
  onChange: (value: RoutePreviewRequestWire) => void;
};

const unset = "*";

/** The few facts a route can turn on. What is left empty is unknown, as in a report that does not say. */
export function TryForm({ config, value, onChange }: TryFormProps) {
  const set = (field: keyof RoutePreviewRequestWire, next: string) =>
    onChange({ ...value, [field]: next === "" || next === unset ? undefined : next });
  const text = (
    field: "title" | "event_type" | "source" | "component" | "risk_category",
    label: string,
    hint: string,
  ) => (
    <TextField
      label={label}
      value={value[field] ?? ""}
      placeholder={hint}
      onChange={(next) => set(field, next)}
    />
  );
  return (
    <div className="grid grid-cols-2 gap-3">
      <ChoiceSelect
        label="Project"
        value={value.project_id ?? unset}
        options={[
          { value: unset, label: "None" },
          ...config.monitored_projects.map(({ project_id, name }) => ({
            value: project_id,
            label: name || project_id,
          })),
        ]}
        onChange={(next) =>
          onChange({ ...value, project_id: next === unset ? undefined : next, log_source_id: undefined })
        }
      />
      <ChoiceSelect
        label="Risk"
        value={value.risk_level ?? unset}
        options={[
          { value: unset, label: "Not said" },
          ...riskLevels.map((level) => ({ value: level as string, label: level })),
        ]}
        onChange={(next) => set("risk_level", next)}
      />
      <div className="col-span-2">{text("title", "Title", "Payment provider did not answer")}</div>
      {text("event_type", "Event", "ci.run.failed")}
      {text("source", "Source", "ci-smoke")}
      {text("component", "Component", "settlement")}
      {text("risk_category", "Risk category", "security")}
      <ChipField
        className="col-span-2"
        label="Tags"
        values={value.route_tags ?? []}
        suggestions={knownValues("match_route_tags", config, config.routes)}
        onChange={(tags) => onChange({ ...value, route_tags: tags.length > 0 ? tags : undefined })}
      />
      <div className="col-span-2">
        <MoreFacts config={config} value={value} onChange={onChange} />
      </div>
    </div>
  );
}

/** What fewer routes turn on. */
function MoreFacts({ config, value, onChange }: TryFormProps) {
  const set = (field: keyof RoutePreviewRequestWire, next: string) =>
    onChange({ ...value, [field]: next === "" || next === unset ? undefined : next });
  return (
    <MoreSettings title="More facts" summary="level, occurrences and more">
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Level"
          value={value.level ?? ""}
          placeholder="error"
          onChange={(next) => set("level", next)}
        />
        <TextField
          label="Repository"
          value={value.repo ?? ""}
          placeholder="acme/shop"
          onChange={(next) => set("repo", next)}
        />
        <ChoiceSelect
          label="Confidence"
          value={value.confidence ?? unset}
          options={[{ value: unset, label: "Not said" }, ...confidences]}
          onChange={(next) => set("confidence", next)}
        />
        <ChoiceSelect
          label="Log source"
          value={value.log_source_id ?? unset}
          options={[{ value: unset, label: "None" }, ...sourcesOf(config, value.project_id)]}
          onChange={(next) => set("log_source_id", next)}
        />
        <NumberField
          label="Occurrences"
          min={1}
          value={value.occurrence_count ?? undefined}
          onChange={(count) => onChange({ ...value, occurrence_count: count || undefined })}
        />
      </div>
    </MoreSettings>
  );
}

const confidences = ["high", "medium", "low"].map((word) => ({ value: word, label: word }));

function sourcesOf(config: ConfigWire, projectId: string | null | undefined) {
  const project = config.monitored_projects.find((each) => each.project_id === projectId);
  return (project?.log_sources ?? []).map(({ source_id }) => ({ value: source_id, label: source_id }));
}
