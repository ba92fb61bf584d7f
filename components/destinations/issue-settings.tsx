"use client";

import { ChipField } from "@/components/settings/chip-field";
import { MoreSettings } from "@/components/settings/more-settings";
import { TextField } from "@/components/settings/text-field";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { DestinationFormProps } from "./destination-form";
import { listOf, textOf, withSetting } from "./webhook-settings";

const placeholders =
  "{{body}}, {{title}}, {{detail}}, {{logs}}, {{evidence}}, {{metadata}}, {{signal}}, {{component}}";

/** How an issue looks when it is filed, for every tracker. */
export function IssueSettings({ row, onChange, errorAt }: DestinationFormProps) {
  const set = (key: string, value: string | string[] | undefined) =>
    onChange({ ...row, config: withSetting(row.config, key, value) });
  const template = textOf(row.config, "body_template");
  return (
    <MoreSettings title="How issues look" summary={template ? "own template" : "the usual form"}>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChipField
          label="Labels"
          values={listOf(row.config, "labels") ?? ["incident-monitor"]}
          placeholder="none"
          help="Put on every issue that is filed here."
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
