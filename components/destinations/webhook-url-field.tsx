"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { type FieldCheck, FieldChecks } from "@/components/ui/field-checks";
import { Input } from "@/components/ui/input";
import type { DestinationFormProps } from "./destination-form";
import { withReceiver } from "./receiver-secrets";
import { urlChecks } from "./url-checks";
import { allowedHostsOf, withSetting } from "./webhook-settings";

/** The address, judged while it is typed: each check with its result, and the fix where it is one click. */
export function WebhookUrlField({ row, saved, onChange, errorAt }: DestinationFormProps) {
  const [left, setLeft] = useState(false);
  const url = row.webhook_url ?? "";
  const checks = url === "" ? [] : urlChecks(url, row.config);
  const failed = checks.some((check) => check.result === "fail");
  const allowHost = (host: string) => {
    const allowed_hosts = [...allowedHostsOf(row.config), host];
    onChange({ ...row, config: withSetting(row.config, "allowed_hosts", allowed_hosts) });
  };
  const change = (webhook_url: string) => onChange(withReceiver(row, saved, webhook_url));
  return (
    <div className="flex flex-col gap-2">
      <Field label="URL" required error={url === "" && left ? "Say where deliveries go" : undefined}>
        {(control) => (
          <Input
            {...control}
            aria-invalid={failed || (url === "" && left) ? true : undefined}
            type="url"
            mono
            value={url}
            maxLength={2048}
            placeholder="https://hooks.example.com/incident"
            autoComplete="off"
            onBlur={() => setLeft(true)}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <FieldChecks checks={checks.map((check): FieldCheck => ({ ...check, action: fixFor(check.host) }))} />
      {errorAt("webhook_url") && !failed ? (
        <p role="status" className="text-12 text-destructive">
          {errorAt("webhook_url")}
        </p>
      ) : null}
    </div>
  );

  function fixFor(host: string | undefined) {
    if (!host) return undefined;
    return (
      <Button variant="link" size="xs" onClick={() => allowHost(host)}>
        Add host
      </Button>
    );
  }
}
