"use client";

import { type Control, useWatch } from "react-hook-form";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { severities } from "./incident-filter-words";
import type { ReportForm } from "./report-form";
import { SimilarIncidents } from "./similar-incidents";

const unsure = "unsure";

/** What an operator saw, in the order they would say it. */
export function ReportFields({ control }: { control: Control<ReportForm> }) {
  const title = useWatch({ control, name: "title" });
  return (
    <div className="flex flex-col gap-4">
      <FormField control={control} name="title" label="Title" required>
        {(field, aria) => (
          <Input {...aria} {...field} autoComplete="off" placeholder="What failed, in one line" />
        )}
      </FormField>
      <SimilarIncidents title={title} />
      <FormField
        control={control}
        name="detail"
        label="What happened"
        help="Secrets are blacked out before anything is stored."
      >
        {(field, aria) => <Textarea {...aria} {...field} className="max-h-60 min-h-20" />}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-3">
        <FormField control={control} name="risk" label="Severity">
          {(field, aria) => (
            <Select
              value={field.value || unsure}
              onValueChange={(value) => field.onChange(value === unsure ? "" : value)}
            >
              <SelectTrigger {...aria} ref={field.ref} onBlur={field.onBlur}>
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                <SelectItem value={unsure}>Not sure</SelectItem>
                {severities.map((option) => (
                  <SelectItem key={option.value} value={option.value}>
                    {option.label}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </FormField>
        <FormField control={control} name="component" label="Component">
          {(field, aria) => <Input {...aria} {...field} autoComplete="off" placeholder="payments-worker" />}
        </FormField>
        <FormField control={control} name="event" label="Event">
          {(field, aria) => (
            <Input {...aria} {...field} autoComplete="off" placeholder="checkout.payment.failed" />
          )}
        </FormField>
      </div>
      <FormField control={control} name="excerpt" label="Evidence lines" note="one a line">
        {(field, aria) => (
          <Textarea
            {...aria}
            {...field}
            mono
            wrap="off"
            className="max-h-48"
            placeholder="TypeError: Cannot read properties of undefined"
          />
        )}
      </FormField>
      <FormField
        control={control}
        name="links"
        label="Evidence links"
        note="one a line"
        help="A draft needs at least one of: what happened, an evidence line, a link."
      >
        {(field, aria) => (
          <Textarea {...aria} {...field} mono wrap="off" className="max-h-32" placeholder="https://" />
        )}
      </FormField>
    </div>
  );
}
