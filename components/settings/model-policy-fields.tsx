"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import { keepFocus } from "./keep-focus";
import { type ModelPolicyWire, modelsOf, type NamedModel, withModels } from "./model-policy";
import { TextField } from "./text-field";

type ModelPolicyFieldsProps = {
  policy: ModelPolicyWire | undefined;
  onChange: (policy: ModelPolicyWire | undefined) => void;
  /** What holds while none is named. */
  empty: string;
  error?: string;
};

/** Which model does what: one for all, and others for roles by name. */
export function ModelPolicyFields({ policy, onChange, empty, error }: ModelPolicyFieldsProps) {
  const models = modelsOf(policy);
  const set = (next: NamedModel[]) => onChange(withModels(policy, next));
  const hasMain = models.some(({ role }) => role === null);
  const fresh = () => {
    if (!hasMain) return set([{ role: null, provider_id: "", model_id: "" }, ...models]);
    const taken = models.map(({ role }) => role);
    let number = 1;
    while (taken.includes(`role-${number}`)) number += 1;
    set([...models, { role: `role-${number}`, provider_id: "", model_id: "" }]);
  };
  return (
    <FieldSet
      legend="Models"
      help={models.length === 0 ? empty : "By provider and model id, as the model endpoint names them."}
    >
      {models.map((model, index) => {
        const name = model.role ?? "every role";
        const change = (part: Partial<NamedModel>) => set(models.with(index, { ...model, ...part }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a role's name changes while it is typed
          <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
            <div className="grid gap-2 sm:grid-cols-3">
              {model.role === null ? (
                <p className="self-end pb-1.5 font-medium">Every role</p>
              ) : (
                <TextField
                  label="Role"
                  mono
                  value={model.role}
                  onChange={(role) => {
                    if (!models.some((other, at) => at !== index && other.role === role)) change({ role });
                  }}
                />
              )}
              <TextField
                label="Provider"
                mono
                value={model.provider_id}
                onChange={(provider_id) => change({ provider_id })}
              />
              <TextField
                label="Model"
                mono
                value={model.model_id}
                onChange={(model_id) => change({ model_id })}
              />
            </div>
            <Button
              variant="ghost"
              size="icon-sm"
              className="mb-0.5 touch:size-11"
              aria-label={`Take out the model of ${name}`}
              onClick={({ currentTarget }) => keepFocus(currentTarget, () => set(models.toSpliced(index, 1)))}
            >
              <X aria-hidden />
            </Button>
          </div>
        );
      })}
      {error ? (
        <p role="status" className="text-12 text-destructive">
          {error}
        </p>
      ) : null}
      <Button size="xs" className="w-fit touch:h-11" onClick={fresh}>
        <Plus aria-hidden />
        {hasMain ? "Add a model for a role" : "Name a model"}
      </Button>
    </FieldSet>
  );
}
