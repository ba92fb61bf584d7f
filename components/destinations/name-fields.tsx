"use client";

import { isSlug, slugFor } from "@/components/settings/slug";
import { TextField } from "@/components/settings/text-field";
import type { DestinationFormProps } from "./destination-form";
import { idWords } from "./edit-destinations";

/** Name and id. The id follows the name until it is written by hand, and stays as it is once saved. */
export function NameFields({ row, saved, takenIds, onChange, errorAt }: DestinationFormProps) {
  const isNew = saved === undefined;
  const fallback = idWords[row.kind];
  const follows = isNew && row.destination_id === slugFor(row.name, takenIds, fallback);
  const idError = !isSlug(row.destination_id)
    ? "Letters, digits, dot, dash and underscore"
    : takenIds.includes(row.destination_id)
      ? "Another destination has this id"
      : errorAt("destination_id");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Name"
        value={row.name}
        placeholder="Pager, Europe"
        error={errorAt("name")}
        onChange={(name) =>
          onChange({
            ...row,
            name,
            destination_id: follows ? slugFor(name, takenIds, fallback) : row.destination_id,
          })
        }
      />
      <TextField
        label="Id"
        mono
        required
        value={row.destination_id}
        readOnly={!isNew}
        maxLength={200}
        help={isNew ? "Routes and receipts use it. It stays as it is once saved." : undefined}
        error={isNew ? idError : undefined}
        onChange={(destination_id) => onChange({ ...row, destination_id })}
      />
    </div>
  );
}
