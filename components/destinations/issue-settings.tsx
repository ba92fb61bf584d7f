"use client";

import { ChipField } from "@/components/settings/chip-field";
import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { TextField } from "@/components/settings/text-field";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { DestinationFormProps } from "./destination-form";
import { listOf, numberOf, textOf, withSetting } from "./webhook-settings";

const placeholders =
  "{{body}}, {{title}}, {{detail}}, {{logs}}, {{evidence}}, {{metadata}}, {{signal}}, {{component}}";

/** How an issue looks when it is filed, for every tracker. */
export function IssueSettings({ row, onChange, errorAt }: DestinationFormProps) {
  const set = (key: string, value: string | number | string[] | undefined) =>
    onChange({ ...row, config: withSetting(row.config, key, value) });
  const template = textOf(row.config, "body_template");
  return (
    <MoreSettings title="How issues look" summary={template ? "own template" : "the usual form"}>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChipField
          label="Labels"
          values={listOf(row.config, "labels") ?? ["incident-monitor"]}
          placeholder="none"
          help="Without any set: incident-monitor."
          error={errorAt("config.labels")}
          onChange={(labels) => set("labels", labels)}
        />
        {row.kind === "github_issue" ? (
          <ChipField
            label="Assignees"
            mono
            values={listOf(row.config, "assignees") ?? []}
            placeholder="nobody"
            help="GitHub names. At most ten."
            error={errorAt("config.assignees")}
            onChange={(assignees) => set("assignees", assignees.length > 0 ? assignees : undefined)}
          />
        ) : null}
        <TextField
          label="Title begins with"
          note="(optional)"
          value={textOf(row.config, "title_prefix")}
          placeholder="[incident]"
          maxLength={60}
          error={errorAt("config.title_prefix")}
          onChange={(value) => set("title_prefix", value || undefined)}
        />
        <NumberField
          label="Timeout"
          help="An attempt that takes longer has no answer, and is looked up before anything is sent again."
          unit="ms"
          fallback={10_000}
          min={250}
          max={15_000}
          value={numberOf(row.config, "timeout_ms")}
          error={errorAt("config.timeout_ms")}
          onChange={(value) => set("timeout_ms", value)}
        />
      </div>
      <Field
        label="Body template"
        note="(optional)"
        help={`Markdown with ${placeholders}. Left empty, the usual sections. The payload preview shows what comes of it.`}
        error={errorAt("config.body_template")}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={5}
            mono
            value={template ?? ""}
            maxLength={8_000}
            placeholder={"## What happened\n\n{{detail}}\n\n## Logs\n\n{{logs}}"}
            spellCheck={false}
            onChange={(event) => set("body_template", event.target.value || undefined)}
          />
        )}
      </Field>
    </MoreSettings>
  );
}
