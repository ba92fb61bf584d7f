"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { ActiveWindows } from "@/components/routing/active-windows";
import { ConditionFields } from "@/components/routing/condition-fields";
import { knownValues } from "@/components/routing/known-values";
import { MoreSettings } from "@/components/settings/more-settings";
import { TextField } from "@/components/settings/text-field";
import { plural } from "@/components/settings/words";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { configQuery } from "@/lib/queries/config";
import type { SilenceForm } from "./silence-form";
import { SilenceTimes } from "./silence-times";

type SilenceFieldsProps = {
  form: SilenceForm;
  timeZone: string;
  errorAt: (path: string) => string | undefined;
  onChange: (form: SilenceForm) => void;
};

/** What, why and until when; windows for those that come back. */
export function SilenceFields({ form, timeZone, errorAt, onChange }: SilenceFieldsProps) {
  const config = useQuery(configQuery()).data;
  const matcher = errorAt("matcher");
  return (
    <>
      <div className="flex flex-col gap-3">
        <TextField
          label="Title is like"
          mono
          value={form.title}
          placeholder="disk * is full"
          help="Of the whole title: * stands for anything, ? for one character."
          error={errorAt("matcher.match_title")}
          onChange={(title) => onChange({ ...form, title })}
        />
        <ConditionFields
          lists={form.lists}
          legend="And all of these"
          suggestionsFor={(field) => (config ? knownValues(field, config, config.routes) : [])}
          errorAt={(field) => errorAt(`matcher.${field}`)}
          onChange={(field, values) => onChange({ ...form, lists: { ...form.lists, [field]: values } })}
        />
        {matcher ? (
          <p role="alert" className="flex gap-1.5 text-12 font-medium">
            <X aria-hidden className="mt-px size-3.5 text-destructive" />
            {matcher}
          </p>
        ) : null}
      </div>
      <Field label="Reason" note="(on the record)" required error={errorAt("reason")}>
        <Textarea
          rows={2}
          maxLength={1_000}
          value={form.reason}
          placeholder="Disk is replaced tonight, ticket 4711"
          onChange={(event) => onChange({ ...form, reason: event.target.value })}
        />
      </Field>
      <SilenceTimes form={form} timeZone={timeZone} errorAt={errorAt} onChange={onChange} />
      <MoreSettings
        title="Only at some times"
        summary={form.windows.length > 0 ? plural(form.windows.length, "window") : "the whole time"}
        open={form.windows.length > 0}
      >
        <ActiveWindows
          legend="Windows"
          empty="None: it holds the whole time until its end."
          windows={form.windows}
          errorAt={(path) => errorAt(`windows${path}`)}
          onChange={(windows) => onChange({ ...form, windows })}
        />
        {errorAt("windows") ? <p className="text-12 font-medium">{errorAt("windows")}</p> : null}
      </MoreSettings>
    </>
  );
}
