"use client";

import { Field } from "@/components/ui/field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import { Input } from "@/components/ui/input";
import type { DestinationFormProps } from "./destination-form";
import { leadsElsewhere } from "./url-checks";

/** The name of the signing secret: set or not set on this host, never its value. */
export function WebhookSecretField(props: DestinationFormProps & { knownMissing: boolean }) {
  const { row, saved, onChange } = props;
  const reference = row.webhook_secret_ref ?? "";
  const check = secretCheck(props);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Signing secret reference"
        help={
          <>
            <code>env:NAME</code> or <code>file:name</code>. While rotating, <code>NAME_PREVIOUS</code> signs
            too.
          </>
        }
      >
        {(control) => (
          <Input
            {...control}
            aria-invalid={check?.result === "fail" ? true : undefined}
            mono
            value={reference}
            maxLength={300}
            placeholder="env:TANDEM_PAGER_SECRET"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...row, webhook_secret_ref: event.target.value || undefined })}
          />
        )}
      </Field>
      {check ? <FieldChecks checks={[check]} /> : null}
      {!reference && saved?.webhook_secret_ref && leadsElsewhere(saved.webhook_url, row.webhook_url) ? (
        <p role="status" className="text-12">
          The address leads elsewhere now. Name the secret again to use it there.
        </p>
      ) : null}
    </div>
  );
}

const form = /^(file:[A-Za-z0-9_-][A-Za-z0-9._-]*|env:(\/\/)?[A-Z0-9_]+|\$\{env:[A-Z0-9_]+\}|[A-Z0-9_]+)$/;

function secretCheck(props: DestinationFormProps & { knownMissing: boolean }): FieldCheck | null {
  const { row, saved, warningAt, checked, knownMissing } = props;
  const reference = row.webhook_secret_ref ?? "";
  const said = (result: FieldCheck["result"], what: string, detail: string): FieldCheck => ({
    key: "secret",
    result,
    what,
    detail,
  });
  if (!reference) {
    const detail = "Without one nothing can be signed, so nothing is sent.";
    return said(saved ? "fail" : "unknown", "No secret yet.", detail);
  }
  if (!form.test(reference)) {
    return said("fail", "Not a reference.", "Never put the secret itself here: write env:NAME or file:name.");
  }
  const warning = warningAt("webhook_secret_ref");
  if (warning?.code === "secret_unset") return said("fail", "Not set", "on this host");
  if (warning?.code === "secret_refused") {
    return said("fail", "Not readable.", "This host does not let that name be read.");
  }
  if (checked) return said("pass", "Set", "on this host");
  if (saved?.webhook_secret_ref !== reference) return null;
  return knownMissing ? said("fail", "Not set", "on this host") : said("pass", "Set", "on this host");
}
