"use client";

import { ChipField } from "@/components/settings/chip-field";
import type { DestinationFormProps } from "./destination-form";
import { DestinationTerms } from "./destination-terms";
import { NameFields } from "./name-fields";
import { WebhookAdvanced } from "./webhook-advanced";
import { WebhookSecretField } from "./webhook-secret-field";
import { allowedHostsOf, withSetting } from "./webhook-settings";
import { WebhookUrlField } from "./webhook-url-field";

/** A signed webhook, field by field. */
export function WebhookForm(props: DestinationFormProps & { secretMissing: boolean }) {
  const { row, onChange, errorAt, secretMissing } = props;
  const hosts = allowedHostsOf(row.config);
  return (
    <>
      <NameFields {...props} />
      <WebhookUrlField {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <WebhookSecretField {...props} knownMissing={secretMissing} />
        <ChipField
          label="Allowed hosts"
          mono
          values={hosts}
          placeholder="any public host"
          help="Exact names. With one or more, every other host is refused."
          error={errorAt("config.allowed_hosts")}
          onChange={(next) =>
            onChange({
              ...row,
              config: withSetting(row.config, "allowed_hosts", next.length > 0 ? next : undefined),
            })
          }
        />
      </div>
      <DestinationTerms {...props} />
      <WebhookAdvanced {...props} />
    </>
  );
}
